using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace ScopedTasks.Demo;

/// <summary>The package in every C# project of a copy, without an edit of any project file.</summary>
/// <remarks>
/// NuGet installs it from the feed, as it does for a reference in the project. The reference stands in a file that
/// MSBuild imports after the last Directory.Build.targets, because the environment names it.
/// </remarks>
public sealed class Installation
{
    private readonly string _notes;
    private readonly string _logs;

    public Installation(Copy copy, Package package, string home)
    {
        _notes = Directory.CreateDirectory(Path.Combine(home, "notes")).FullName;
        _logs = Directory.CreateDirectory(Path.Combine(home, "logs")).FullName;
        var targets = Path.Combine(home, "install.targets");
        File.WriteAllText(targets, Targets(package));
        AllowFeed(copy, package);
        Environment = new Dictionary<string, string>
        {
            ["CustomAfterDirectoryBuildTargets"] = targets,
            ["CustomAfterMicrosoftCommonCrossTargetingTargets"] = targets,
            // A cache of its own, so that no older package of the same version is used.
            ["NUGET_PACKAGES"] = Path.Combine(home, "packages"),
        };
    }

    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>The compiler's logs, one for each project and framework.</summary>
    public IEnumerable<string> Logs => Directory.EnumerateFiles(_logs, "*.sarif").Order(StringComparer.Ordinal);

    /// <summary>What the projects said of themselves when they were restored.</summary>
    public IReadOnlyList<InstalledProject> Projects =>
    [
        .. Directory.EnumerateFiles(_notes).Select(file => File.ReadAllLines(file)).Select(InstalledProject.Parse)
            .OrderBy(project => project.File, StringComparer.Ordinal).ThenBy(project => project.Framework),
    ];

    private string Targets(Package package) =>
        $"""
        <Project>

          <PropertyGroup>
            <RestoreAdditionalProjectSources>$(RestoreAdditionalProjectSources);{package.Feed}</RestoreAdditionalProjectSources>
            {Fallback(package)}
            <!-- One package more than the lock file knows, one source more than central management asks for. -->
            <RestoreLockedMode>false</RestoreLockedMode>
            <NoWarn>$(NoWarn);NU1507</NoWarn>
            <!-- What is found is to be seen: it must not stop the build. -->
            <TreatWarningsAsErrors>false</TreatWarningsAsErrors>
            <MSBuildTreatWarningsAsErrors>false</MSBuildTreatWarningsAsErrors>
            <CodeAnalysisTreatWarningsAsErrors>false</CodeAnalysisTreatWarningsAsErrors>
            <WarningsAsErrors>NU1605</WarningsAsErrors>
          </PropertyGroup>

          <PropertyGroup Condition="'$(MSBuildProjectExtension)' == '.csproj' and '$(TargetFramework)' != ''">
            <_DemoInstalls Condition="$([MSBuild]::IsTargetFrameworkCompatible('$(TargetFramework)', 'netstandard2.0'))">true</_DemoInstalls>
            <_DemoName>$(MSBuildProjectName)-$([MSBuild]::StableStringHash('$(MSBuildProjectFullPath)').ToString('x'))-$(TargetFramework)</_DemoName>
            <ErrorLog>{_logs}/$(_DemoName).sarif,version=2.1</ErrorLog>
            <RunAnalyzers>true</RunAnalyzers>
            <RunAnalyzersDuringBuild>true</RunAnalyzersDuringBuild>
          </PropertyGroup>

          <ItemGroup>
            <_DemoHas Include="@(PackageReference->WithMetadataValue('Identity', 'ScopedTasks'))" />
            <_DemoHas Include="@(GlobalPackageReference->WithMetadataValue('Identity', 'ScopedTasks'))" />
          </ItemGroup>

          <ItemGroup Condition="'$(_DemoInstalls)' == 'true' and '$(ManagePackageVersionsCentrally)' == 'true'">
            <PackageVersion Remove="ScopedTasks" />
            <PackageVersion Include="ScopedTasks" Version="{package.Version}" />
            <PackageReference Include="ScopedTasks" Exclude="@(_DemoHas)" />
          </ItemGroup>

          <ItemGroup Condition="'$(_DemoInstalls)' == 'true' and '$(ManagePackageVersionsCentrally)' != 'true'">
            <PackageReference Include="ScopedTasks" Version="{package.Version}" Exclude="@(_DemoHas)" />
          </ItemGroup>

          <Target Name="DemoNote" BeforeTargets="CollectPackageReferences;CoreCompile" Condition="'$(_DemoName)' != ''">
            <ItemGroup>
              <_DemoNote Include="$(MSBuildProjectFullPath)" />
              <_DemoNote Include="$(TargetFramework)" />
              <_DemoNote Include="installs" Condition="'$(_DemoInstalls)' == 'true'" />
              <_DemoNote Include="cannot" Condition="'$(_DemoInstalls)' != 'true'" />
              <_DemoNote Include="has" Condition="'@(_DemoHas)' != ''" />
            </ItemGroup>
            <WriteLinesToFile File="{_notes}/$(_DemoName)" Lines="@(_DemoNote)" Overwrite="true" />
          </Target>

        </Project>
        """;

    // What the machine has already is not downloaded again; but an older package of ours must not come from there.
    private static string Fallback(Package package)
    {
        var cache = System.Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
            System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Directory.Exists(cache) && !Directory.Exists(Path.Combine(cache, "scopedtasks", package.Version))
            ? $"<RestoreAdditionalProjectFallbackFolders>$(RestoreAdditionalProjectFallbackFolders);{cache}"
                + "</RestoreAdditionalProjectFallbackFolders>"
            : "";
    }

    // Where a configuration says which source serves which package, it has to say so of this one too.
    private static void AllowFeed(Copy copy, Package package)
    {
        var files = Directory.EnumerateFiles(
            copy.Top, "nuget.config", new EnumerationOptions
            {
                MatchCasing = MatchCasing.CaseInsensitive,
                RecurseSubdirectories = true,
            });
        foreach (var file in files.Where(IsXml))
        {
            var configuration = XDocument.Load(file);
            if (configuration.Root?.Element("packageSourceMapping") is not { } mapping
                || mapping.Element("packageSource") is null)
            {
                continue;
            }

            const string name = "ScopedTasks from a folder";
            var sources = configuration.Root.Element("packageSources");
            if (sources is null)
            {
                configuration.Root.Add(sources = new XElement("packageSources"));
            }

            sources.Add(Element("add", ("key", name), ("value", package.Feed)));
            mapping.Add(Element("packageSource", ("key", name)));
            mapping.Elements().Last().Add(Element("package", ("pattern", "ScopedTasks")));
            configuration.Save(file);
        }
    }

    private static bool IsXml(string file) =>
        File.ReadAllText(file).Contains("packageSourceMapping", StringComparison.Ordinal);

    private static XElement Element(string name, params (string Name, string Value)[] attributes) =>
        new(name, attributes.Select(attribute => new XAttribute(attribute.Name, attribute.Value)));
}

/// <summary>A project for one framework: whether the package could be installed, or was there before.</summary>
public sealed record InstalledProject(string File, string Framework, bool Fits, bool HadIt)
{
    public static InstalledProject Parse(string[] note) =>
        new(note[0], note[1], note.Contains("installs"), note.Contains("has"));
}
