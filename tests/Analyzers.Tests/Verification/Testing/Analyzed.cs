using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>The test project of a solution, and what was found in the whole solution.</summary>
internal sealed record Analyzed(Project Project, IReadOnlyList<Found> Diagnostics)
{
    /// <summary>Everything that a fix can change, in one text: equal texts are equal solutions.</summary>
    public static async Task<string> TextsOf(Solution solution, CancellationToken cancellationToken)
    {
        var texts = new StringBuilder();
        foreach (var project in solution.Projects)
        {
            texts.Append($"{project.Name} {project.MetadataReferences.Count} {project.AllProjectReferences.Count}\0");
            var documents = project.Documents
                .Concat(project.AdditionalDocuments)
                .Concat(project.AnalyzerConfigDocuments);
            foreach (var document in documents)
            {
                var text = await document.GetTextAsync(cancellationToken);
                texts.Append($"{document.FilePath} {text.Encoding?.WebName} {text.ChecksumAlgorithm}\0{text}\0");
            }
        }

        return texts.ToString();
    }
}
