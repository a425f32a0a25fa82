using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Serves the files that <c>include</c> elements of documentation comments name, from memory.</summary>
internal sealed class XmlTexts(IReadOnlyDictionary<string, string> texts) : XmlReferenceResolver
{
    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => texts.Count;

    public override Stream OpenRead(string resolvedPath) =>
        new MemoryStream(Encoding.UTF8.GetBytes(texts[resolvedPath]));

    public override string? ResolveReference(string path, string? baseFilePath) =>
        texts.Keys.FirstOrDefault(key => key == path);
}
