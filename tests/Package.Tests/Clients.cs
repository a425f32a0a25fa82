using System.Collections.Immutable;

namespace ScopedTasks.Package.Tests;

/// <summary>Every project that is built once, all in one build.</summary>
internal static class Clients
{
    /// <summary>As a new class library is: no mode, nothing set.</summary>
    public static Client Library { get; } = new("Library");

    public static Client Console { get; } = new("Console")
    {
        Properties = "<OutputType>Exe</OutputType>",
        Files = [("Program.cs", Sources.TopLevel)],
    };

    public static Client Strict { get; } = new("Strict")
    {
        Properties = "<ScopedTasksMode>STRICT</ScopedTasksMode><Nullable>enable</Nullable>",
    };

    public static Client AnalyzersOnly { get; } = new("AnalyzersOnly")
    {
        Assets = """IncludeAssets="analyzers;build" PrivateAssets="all" """,
        Properties = "<ScopedTasksMode>all</ScopedTasksMode>",
    };

    public static Client None { get; } = new("None") { Properties = "<ScopedTasksMode>None</ScopedTasksMode>" };

    public static Client UnknownMode { get; } = new("UnknownMode")
    {
        Properties = "<ScopedTasksMode>Foo</ScopedTasksMode>",
    };

    public static Client WarningsAsErrors { get; } = new("WarningsAsErrors")
    {
        Properties = "<WarningsAsErrors>SCOPE101</WarningsAsErrors><NoWarn>SCOPE201;SCOPE401</NoWarn>",
    };

    public static Client EditorConfig { get; } = new("EditorConfig")
    {
        Properties = "<ScopedTasksMode>Strict</ScopedTasksMode>",
        Files =
        [
            ("Mail.cs", Sources.Mail),
            (".editorconfig",
                """
                root = true
                [*.cs]
                dotnet_diagnostic.SCOPE101.severity = none
                dotnet_diagnostic.SCOPE102.severity = error
                scoped_tasks.max_concurrency = many
                """),
        ],
    };

    public static Client Category { get; } = new("Category")
    {
        Files =
        [
            ("Mail.cs", Sources.Mail),
            (".editorconfig",
                """
                root = true
                [*.cs]
                dotnet_analyzer_diagnostic.category-LostTasks.severity = none
                dotnet_analyzer_diagnostic.category-Spawning.severity = error
                dotnet_analyzer_diagnostic.category-Blocking.severity = suggestion
                """),
        ],
    };

    public static Client Standard { get; } = new("Standard")
    {
        Framework = "netstandard2.0",
        Properties = "<LangVersion>7.3</LangVersion><ScopedTasksMode> </ScopedTasksMode>",
    };

    public static Client Framework { get; } = new("Framework")
    {
        Framework = "net472",
        Properties = "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>"
            + "<WarningsNotAsErrors>SCOPE201;SCOPE401</WarningsNotAsErrors>",
    };

    /// <summary>Runs on the runtime's build for old frameworks.</summary>
    public static Client OldFramework { get; } = new("OldFramework")
    {
        Framework = Framework.Framework,
        Properties = "<OutputType>Exe</OutputType><LangVersion>7.3</LangVersion>"
            + "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>",
        Files = [("Program.cs", OldApp.Program)],
    };

    public static Client SyntaxErrors { get; } = new("SyntaxErrors")
    {
        Files = [("Broken.cs", Sources.SyntaxErrors)],
    };

    public static Client MissingReferences { get; } = new("MissingReferences")
    {
        Items = """<Reference Include="Missing.Library" HintPath="nowhere/Missing.Library.dll" />""",
        Files = [("Orphan.cs", Sources.MissingReferences)],
    };

    /// <summary>Repaired by <c>dotnet format</c>: the fixes may write the runtime.</summary>
    public static Client Repaired { get; } = new("Repaired");

    /// <summary>Repaired by <c>dotnet format</c>: the fixes write the oldest C#.</summary>
    public static Client RepairedInOldCSharp { get; } = new("RepairedInOldCSharp")
    {
        Framework = Standard.Framework,
        Properties = Standard.Properties,
    };

    /// <summary>Repaired by <c>dotnet format</c>: the fixes have the base class library only.</summary>
    public static Client RepairedWithoutRuntime { get; } = new("RepairedWithoutRuntime")
    {
        Assets = AnalyzersOnly.Assets,
    };

    /// <summary>Not repaired by <c>dotnet format</c>: what the IDE offers first, only a person may choose.</summary>
    public static Client Undecided { get; } = new("Undecided") { Files = [("Totals.cs", Sources.Totals)] };

    /// <summary>Repaired by <c>dotnet format</c>: its configuration has chosen.</summary>
    public static Client Decided { get; } = new("Decided")
    {
        Files =
        [
            .. Undecided.Files,
            (".editorconfig",
                """
                root = true
                [*.cs]
                scoped_tasks.preferred_fix.SCOPE204 = make_async
                """),
        ],
    };

    public static ImmutableArray<Client> Built { get; } =
    [
        Library, Console, Strict, AnalyzersOnly, None, UnknownMode, WarningsAsErrors, EditorConfig, Category,
        Standard, Framework, OldFramework, SyntaxErrors, MissingReferences,
    ];

    public static ImmutableArray<Client> Formatted { get; } =
        [Repaired, RepairedInOldCSharp, RepairedWithoutRuntime, Undecided, Decided];
}
