using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>All fixes over the gallery at once: however it is done, the same comes out, and it compiles.</summary>
public class BulkTests
{
    private static readonly Code Program = Code.Program with { Nullable = NullableContextOptions.Enable };

    [Fact]
    public async Task Every_way_of_fixing_the_gallery_gives_the_same()
    {
        var bench = new Workbench(ShippedRules.Analyzers, ShippedFixes.All);
        var gallery = await bench.OpenAsync(
            Program,
            [.. Repository.Sources(Gallery.Folder).Select(file => (file.Path, file.Text))]);

        var oneByOne = await bench.FixOneByOneAsync(gallery, limit: 100);
        var texts = await oneByOne.TextsAsync();

        Assert.Empty(oneByOne.Errors);
        Assert.True(oneByOne.Applied >= 4, $"only {oneByOne.Applied} fixes were applied");
        foreach (var scope in new[] { FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution })
        {
            var inBulk = await bench.FixAllAsync(gallery, scope);
            Assert.Equal(texts, await inBulk.TextsAsync());
        }
    }

    [Fact]
    public async Task What_is_left_in_the_gallery_has_no_fix()
    {
        var bench = new Workbench(ShippedRules.Analyzers, ShippedFixes.All);
        var gallery = await bench.OpenAsync(
            Program,
            [.. Repository.Sources(Gallery.Folder).Select(file => (file.Path, file.Text))]);

        var fixedGallery = await bench.FixAllAsync(gallery, FixAllScope.Solution);

        // Signatures would have to change, or there is nothing that could be written.
        var left = fixedGallery.Diagnostics.Where(diagnostic => diagnostic.Id.StartsWith("SCOPE"));
        Assert.Equal(
            [
                "SCOPE109", "SCOPE110", "SCOPE111", "SCOPE204", "SCOPE205", "SCOPE208", "SCOPE401", "SCOPE404",
                "SCOPE405", "SCOPE406", "SCOPE408",
            ],
            left.Select(diagnostic => diagnostic.Id).Order());
    }
}
