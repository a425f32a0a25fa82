using System.Collections.Immutable;
using System.IO;

namespace ScopedTasks.Package.Tests;

/// <summary>A project that installs the package: what is in it before it is built.</summary>
internal sealed record Client(string Name)
{
    public string Framework { get; init; } = "net10.0";

    public string Properties { get; init; } = "";

    /// <summary>Attributes of the package's reference.</summary>
    public string Assets { get; init; } = "";

    public string Items { get; init; } = "";

    public ImmutableArray<(string Name, string Text)> Files { get; init; } = [("Mail.cs", Sources.Mail)];

    public string Path => $"{Name}/{Name}.csproj";

    private string Project =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>{Framework}</TargetFramework>
            {Properties}
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="ScopedTasks" Version="{Feed.Version}" {Assets} />
            {Items}
          </ItemGroup>
        </Project>
        """;

    public void Write(string root)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(root, Name)).FullName;
        File.WriteAllText(System.IO.Path.Combine(root, Path), Project);
        foreach (var (name, text) in Files)
        {
            File.WriteAllText(System.IO.Path.Combine(folder, name), text);
        }
    }
}
