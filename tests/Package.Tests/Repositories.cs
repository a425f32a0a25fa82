using System.IO;

namespace ScopedTasks.Package.Tests;

/// <summary>Projects and solutions as users have them, each awkward in some way, none with our package.</summary>
internal static class Repositories
{
    /// <summary>A mistake that the package repairs in every C# and for every framework.</summary>
    public const string Mistake =
        """
        using System.Threading.Tasks;

        namespace Client
        {
            public class Mail
            {
                public Task SendAsync(string text)
                {
                    return Task.Delay(1);
                }

                public async Task DiscardAsync(string text)
                {
                    _ = SendAsync(text);
                    await Task.Yield();
                }
            }
        }
        """;

    /// <summary>A mistake that it shows and leaves: what waits cannot be made asynchronous here.</summary>
    public const string Undecided =
        """
        using System;
        using System.Threading.Tasks;

        public class Cache : IDisposable
        {
            public event EventHandler? Cleared;

            public async Task ClearAsync()
            {
                await Task.Yield();
                Cleared?.Invoke(this, EventArgs.Empty);
            }

            public async Task<bool> HasAsync(Task first, Task second)
            {
                await Task.Yield();
                return Task.WaitAny(first, second) == 0;
            }

            public void Dispose()
            {
            }
        }
        """;

    public const string Clean = "public class Clean;";

    public static string Project(string properties = "", string items = "", string framework = "net10.0") =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>{framework}</TargetFramework>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            {items}
          </ItemGroup>
        </Project>
        """;

    /// <summary>A repository with a solution: everything that is strict about packages and warnings is on.</summary>
    public static Tree Strict()
    {
        var tree = new Tree(
            ("repo/.git/HEAD", "ref: refs/heads/main\n"),
            ("repo/All.slnx",
                """
                <Solution>
                  <Project Path="src/The Library/The Library.csproj" />
                  <Project Path="src/App/App.csproj" />
                </Solution>
                """),
            ("repo/global.json", """{ "sdk": { "version": "8.0.100", "rollForward": "latestMajor" } }"""),
            ("repo/nuget.config",
                """
                <?xml version="1.0" encoding="utf-8"?>
                <configuration>
                  <packageSources>
                    <clear />
                    <add key="nuget.org" value="https://api.nuget.org/v3/index.json" protocolVersion="3" />
                  </packageSources>
                  <packageSourceMapping>
                    <packageSource key="nuget.org">
                      <package pattern="*" />
                    </packageSource>
                  </packageSourceMapping>
                </configuration>
                """),
            ("repo/Directory.Packages.props",
                """
                <Project>
                  <PropertyGroup>
                    <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
                    <CentralPackageVersionOverrideEnabled>false</CentralPackageVersionOverrideEnabled>
                  </PropertyGroup>
                  <ItemGroup>
                    <GlobalPackageReference Include="Microsoft.CodeAnalysis.BannedApiAnalyzers" Version="5.6.0" />
                  </ItemGroup>
                </Project>
                """),
            ("repo/Directory.Build.props",
                """
                <Project>
                  <Import Project="eng/strict.props" />
                </Project>
                """),
            ("repo/Directory.Build.targets",
                """
                <Project>
                  <PropertyGroup>
                    <LangVersion>7.3</LangVersion>
                  </PropertyGroup>
                </Project>
                """),
            ("repo/eng/strict.props",
                """
                <Project>
                  <PropertyGroup>
                    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                    <CodeAnalysisTreatWarningsAsErrors>true</CodeAnalysisTreatWarningsAsErrors>
                    <RestorePackagesWithLockFile>true</RestorePackagesWithLockFile>
                    <RestoreLockedMode>true</RestoreLockedMode>
                  </PropertyGroup>
                </Project>
                """),
            ("repo/src/The Library/The Library.csproj",
                Project(framework: "net10.0;netstandard2.0").Replace("TargetFramework>", "TargetFrameworks>")),
            ("repo/src/The Library/packages.lock.json", """{ "version": 2, "dependencies": {} }"""),
            ("repo/src/The Library/The Mail.cs", Mistake),
            ("repo/src/App/App.csproj", Project(
                "<OutputType>Exe</OutputType>",
                """
                <ProjectReference Include="..\The Library\The Library.csproj" />
                <Compile Include="..\..\shared\*.cs" LinkBase="Shared" />
                """)),
            ("repo/src/App/packages.lock.json", """{ "version": 2, "dependencies": {} }"""),
            ("repo/src/App/Program.cs", "internal static class Program { private static void Main() { } }"),
            ("repo/shared/Shared.cs", Mistake.Replace("namespace Client", "namespace Shared")),
            ("repo/node_modules/left/Left.csproj", "not a project"),
            ("repo/src/App/bin/Debug/Old.cs", "no source"),
            ("repo/src/App/obj/project.assets.json", "not even json"),
            ("elsewhere/Linked.cs", Mistake.Replace("namespace Client", "namespace Linked")),
            ("elsewhere/folder/Deep.cs", Mistake.Replace("namespace Client", "namespace Deep")));
        File.CreateSymbolicLink(tree["repo/src/App/Linked.cs"], tree["elsewhere/Linked.cs"]);
        Directory.CreateSymbolicLink(tree["repo/src/App/Folder"], tree["elsewhere/folder"]);
        Directory.CreateSymbolicLink(tree["repo/src/App/Folder/Again"], tree["elsewhere/folder"]);
        return tree;
    }

    /// <summary>No repository: a project that needs its neighbour, a file above both, and one from anywhere.</summary>
    public static Tree Scattered(string anywhere) => new(
        ("work/Directory.Build.props", "<Project><PropertyGroup><Nullable>enable</Nullable></PropertyGroup></Project>"),
        ("work/code/main/Main.csproj", Project(
            items: $"""
                <ProjectReference Include="../../libraries/Sibling/Sibling.csproj" />
                <Compile Include="{anywhere}" />
                """)),
        ("work/code/main/Cache.cs", Undecided),
        ("work/libraries/Sibling/Sibling.csproj", Project()),
        ("work/libraries/Sibling/Mail.cs", Mistake),
        ("work/unrelated/Unrelated.csproj", "not a project"));

    /// <summary>Breaks as soon as anything is repaired in it.</summary>
    public static Tree Brittle() => new(
        ("Brittle.csproj", Project(
            """
            <DefineConstants Condition="$([System.IO.File]::ReadAllText('$(MSBuildProjectDirectory)/Mail.cs').Contains('using ScopedTasks'))">BROKEN</DefineConstants>
            """)),
        ("Mail.cs", Mistake),
        ("Other.cs",
            """
            #if BROKEN
            public class Other { private readonly int number = ""; }
            #endif
            """));
}
