using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Xml.Linq;
using Xunit;

namespace ScopedTasks.Package.Tests;

/// <summary>What is in the package, file by file.</summary>
[Collection(nameof(Sandbox))]
public sealed class ContentsTests(Sandbox sandbox)
{
    [Fact]
    public void Holds_these_files_and_no_others() =>
        Assert.Equal(
            [
                "README.md",
                "ScopedTasks.nuspec",
                "analyzers/dotnet/cs/ScopedTasks.Analyzers.dll",
                "analyzers/dotnet/cs/ScopedTasks.CodeFixes.dll",
                "build/ScopedTasks.props",
                "build/ScopedTasks.targets",
                "buildTransitive/ScopedTasks.props",
                "buildTransitive/ScopedTasks.targets",
                "config/scopedtasks-all.globalconfig",
                "config/scopedtasks-none.globalconfig",
                "config/scopedtasks-recommended.globalconfig",
                "config/scopedtasks-strict.globalconfig",
                "icon.png",
                "lib/net8.0/ScopedTasks.dll",
                "lib/net8.0/ScopedTasks.xml",
                "lib/netstandard2.0/ScopedTasks.dll",
                "lib/netstandard2.0/ScopedTasks.xml",
            ],
            Names().Where(name => name is not "[Content_Types].xml"
                && !name.StartsWith("_rels/") && !name.StartsWith("package/services/")));

    [Fact]
    public void Needs_what_the_runtime_needs_on_each_target_and_nothing_else()
    {
        var runtime = XDocument.Load(Path.Combine(Feed.Repository, "runtime/ScopedTasks.csproj"))
            .Descendants("PackageReference")
            .Select(reference => reference.Attribute("Include")!.Value)
            .Order();

        var groups = Nuspec().Descendants().Where(element => element.Name.LocalName == "group")
            .ToDictionary(
                group => group.Attribute("targetFramework")!.Value,
                group => group.Elements().Select(dependency => dependency.Attribute("id")!.Value).Order());

        Assert.Equal([".NETStandard2.0", "net8.0"], groups.Keys.Order());
        Assert.Empty(groups["net8.0"]);
        Assert.Equal(runtime, groups[".NETStandard2.0"]);
    }

    [Theory]
    [InlineData("id", "ScopedTasks")]
    [InlineData("license", "MIT")]
    [InlineData("readme", "README.md")]
    [InlineData("icon", "icon.png")]
    [InlineData("authors", "ScopedTasks contributors")]
    public void Says_in_its_manifest(string element, string value) =>
        Assert.Equal(value, Manifest(element));

    [Theory]
    [InlineData("description")]
    [InlineData("tags")]
    [InlineData("copyright")]
    public void Fills_in_its_manifest(string element) => Assert.NotEmpty(Manifest(element));

    [Fact]
    public void Is_not_a_development_dependency_since_its_runtime_ships_with_the_app() =>
        Assert.DoesNotContain(Nuspec().Descendants(), element => element.Name.LocalName == "developmentDependency");

    [Theory]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    public void Documents_the_runtime(string target)
    {
        using var package = ZipFile.OpenRead(sandbox.Package);
        using var text = package.GetEntry($"lib/{target}/ScopedTasks.xml")!.Open();
        Assert.Equal("ScopedTasks", XDocument.Load(text).Root!.Element("assembly")!.Element("name")!.Value);
    }

    [Fact]
    public void Has_a_square_icon_of_128_pixels()
    {
        using var package = ZipFile.OpenRead(sandbox.Package);
        using var stream = package.GetEntry("icon.png")!.Open();
        var header = new byte[24];
        stream.ReadExactly(header);
        Assert.Equal([0, 0, 0, 128, 0, 0, 0, 128], header[16..]);
    }

    [Fact]
    public void Is_the_same_to_the_byte_when_packed_again() =>
        Assert.Equal(File.ReadAllBytes(sandbox.Package), File.ReadAllBytes(sandbox.PackageAgain));

    private IEnumerable<string> Names()
    {
        using var package = ZipFile.OpenRead(sandbox.Package);
        return [.. package.Entries.Select(entry => entry.FullName).Order(System.StringComparer.Ordinal)];
    }

    private string Manifest(string name) =>
        Nuspec().Descendants().Single(element => element.Name.LocalName == name).Value;

    private XDocument Nuspec()
    {
        using var package = ZipFile.OpenRead(sandbox.Package);
        using var text = package.GetEntry("ScopedTasks.nuspec")!.Open();
        return XDocument.Load(text);
    }
}
