using System.Threading.Tasks;
using Xunit;

namespace ScopedTasks.Package.Tests;

/// <summary>What the demo cannot do, it says.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("nowhere", "There is no ")]
    [InlineData("empty", "There is no C# project and no solution in ")]
    [InlineData("two", "Name it: One.csproj, Two.sln.")]
    [InlineData("two/readme.md", "is neither a C# project (.csproj) nor a solution (.sln, .slnx).")]
    [InlineData("two/Basic.vbproj", "is neither a C# project (.csproj) nor a solution (.sln, .slnx).")]
    public async Task There_is_no_project(string path, string reason)
    {
        using var tree = new Tree(
            ("empty/readme.md", ""), ("two/One.csproj", ""), ("two/Two.sln", ""), ("two/readme.md", ""),
            ("two/Basic.vbproj", ""));
        (await DemoRun.OnAsync(tree, path)).Refused(reason);
    }

    [Fact]
    public async Task It_does_not_build()
    {
        using var tree = new Tree(
            ("Broken.csproj", Repositories.Project()), ("Broken.cs", "public class Broken : Missing;"));
        (await DemoRun.OnAsync(tree, "Broken.csproj")).Refused(
            "Broken.csproj does not build, with or without the package:", "Broken.cs(1,23): error CS0246");
    }

    [Fact]
    public async Task It_does_not_restore()
    {
        using var tree = new Tree(("Lost.csproj", Repositories.Project(
            "<RestoreSources>$(MSBuildProjectDirectory)</RestoreSources>",
            """<PackageReference Include="No.Such.Package" Version="1.0.0" />""")));
        (await DemoRun.OnAsync(tree, "Lost.csproj")).Refused(
            "Lost.csproj does not restore, with or without the package:", "error NU1101", "No.Such.Package");
    }

    [Fact]
    public async Task It_restores_only_without_the_package()
    {
        const string forbidden = "'@(PackageReference->WithMetadataValue('Identity', 'ScopedTasks'))' != ''";
        using var tree = new Tree(
            ("Picky.csproj", Repositories.Project()),
            ("Directory.Build.targets",
                $"""
                <Project>
                  <Target Name="Approve" BeforeTargets="CollectPackageReferences">
                    <Error Code="HOUSE1" Text="Not approved." Condition="{forbidden}" />
                  </Target>
                </Project>
                """));
        (await DemoRun.OnAsync(tree, "Picky.csproj")).Refused(
            "Picky.csproj does restore, but no longer with the package:", "error HOUSE1: Not approved.");
    }

    [Theory]
    [InlineData("""<PackageReference Include="scopedtasks" Version="0.0.1" />""")]
    [InlineData("""<PackageReference Include="ScopedTasks" Version="0.0.1" PrivateAssets="all" />""")]
    public async Task It_has_the_package_already(string reference)
    {
        using var tree = new Tree(("Has.csproj", Repositories.Project(items: reference)));
        (await DemoRun.OnAsync(tree, "Has.csproj")).Refused(
            "Has.csproj has installed ScopedTasks already.", "dotnet format analyzers --severity info");
    }

    [Fact]
    public async Task It_has_the_package_already_everywhere()
    {
        using var tree = new Tree(
            ("Directory.Packages.props",
                """
                <Project>
                  <PropertyGroup>
                    <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
                  </PropertyGroup>
                  <ItemGroup>
                    <GlobalPackageReference Include="ScopedTasks" Version="0.0.1" />
                  </ItemGroup>
                </Project>
                """),
            ("src/Has.csproj", Repositories.Project()));
        (await DemoRun.OnAsync(tree, "src/Has.csproj")).Refused(
            "Has.csproj has installed ScopedTasks already.");
    }

    [Fact]
    public async Task Its_SDK_is_not_here()
    {
        using var tree = new Tree(
            ("global.json", """{ "sdk": { "version": "6.0.999", "rollForward": "disable" } }"""),
            ("src/Old.csproj", Repositories.Project()));
        (await DemoRun.OnAsync(tree, "src/Old.csproj")).Refused(
            "Its global.json asks for an SDK that is not on this machine.", "6.0.999");
    }

    [Fact]
    public async Task Its_framework_is_too_old()
    {
        using var tree = new Tree(("Old.csproj", Repositories.Project(
            "<DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>",
            framework: "netstandard1.6")));
        (await DemoRun.OnAsync(tree, "Old.csproj")).Refused(
            "the package has nothing for netstandard1.6", "can be installed into no C# project of Old.csproj");
    }
}
