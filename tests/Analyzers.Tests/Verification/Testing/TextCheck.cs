using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Holds the documents of a project to expected files: number, text, encoding, name and folders.</summary>
internal sealed class TextCheck(string defaultPrefix, IVerifier verifier)
{
    public async Task VerifyAsync<TDocument>(
        string kind,
        SourceFileCollection expected,
        IEnumerable<TDocument> documents,
        Func<TDocument, Task<SourceText>> textOf)
        where TDocument : TextDocument
    {
        var actual = documents.ToArray();
        verifier.Equal(
            expected.Count,
            actual.Length,
            $"expected '{expected.Count}' files in '{kind}' but the project contains '{actual.Length}' documents");
        foreach (var ((path, content), document) in expected.Zip(actual))
        {
            var text = await textOf(document);
            verifier.EqualOrDiff(
                content.ToString(),
                text.ToString(),
                $"content of '{path}' did not match. Diff shown with expected as baseline:");
            verifier.Equal(
                content.Encoding,
                text.Encoding,
                $"encoding of '{path}' was expected to be '{content.Encoding?.WebName}' "
                + $"but was '{text.Encoding?.WebName}'");
            verifier.Equal(
                content.ChecksumAlgorithm,
                text.ChecksumAlgorithm,
                $"checksum algorithm of '{path}' was expected to be '{content.ChecksumAlgorithm}' "
                + $"but was '{text.ChecksumAlgorithm}'");
            var (name, folders) = DocumentPath.Split(defaultPrefix, path);
            verifier.Equal(
                name,
                document.Name,
                $"file name was expected to be '{name}' but was '{document.Name}'");
            verifier.SequenceEqual(
                folders,
                document.Folders,
                message: $"folders was expected to be '{string.Join("/", folders)}' "
                + $"but was '{string.Join("/", document.Folders)}'");
        }
    }
}
