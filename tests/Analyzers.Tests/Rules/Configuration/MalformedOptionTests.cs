using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Testing;
using ScopedTasks.Analyzers.Rules.Configuration;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Configuration;

/// <summary>SCOPE001: every entry that cannot be read is named, once, with what would be right.</summary>
public sealed class MalformedOptionTests : RuleTests<MalformedOptionAnalyzer>
{
    private const string BlockingMethods =
        "methods written 'Type.Method' or 'Type.Method -> replacement', with commas between them";

    private const string Types = "types written 'Type' or 'Namespace.Type', with commas between them";

    [Theory]
    [InlineData("scoped_tasks.max_concurrency", "many", "a whole number, 1 or more")]
    [InlineData("scoped_tasks.max_concurrency", "0", "a whole number, 1 or more")]
    [InlineData("scoped_tasks.max_concurrency", "-1", "a whole number, 1 or more")]
    [InlineData("scoped_tasks.max_concurrency", "1.5", "a whole number, 1 or more")]
    [InlineData("scoped_tasks.max_connections", "99999999999", "a whole number, 1 or more")]
    [InlineData("scoped_tasks.observers", "No spaces", "methods written 'Type.Method', with commas between them")]
    [InlineData("scoped_tasks.observers", "Type..Method", "methods written 'Type.Method', with commas between them")]
    [InlineData("scoped_tasks.not_blocking", "A.B -> C", "methods written 'Type.Method', with commas between them")]
    [InlineData("scoped_tasks.blocking_calls", "No spaces", BlockingMethods)]
    [InlineData("scoped_tasks.blocking_calls", "No spaces -> Call", BlockingMethods)]
    [InlineData("scoped_tasks.blocking_calls", "Type.Method ->", BlockingMethods)]
    [InlineData("scoped_tasks.blocking_calls", "-> Call", BlockingMethods)]
    [InlineData("scoped_tasks.blocking_calls", "Legacy.Read(*)", BlockingMethods)]
    [InlineData("scoped_tasks.cold_types", "List<T>", Types)]
    [InlineData("scoped_tasks.lifetimes", "Unit of work", Types)]
    [InlineData(
        "scoped_tasks.preferred_fix.scope101",
        "panic",
        "one of 'await', 'spawn_in_group', 'own_in_field', 'detach', 'run_in_group', 'make_async', 'take_group'",
        "scoped_tasks.preferred_fix.SCOPE101")]
    [InlineData(
        "scoped_tasks.preferred_fix.SCOPE402",
        "detach",
        "one of 'bounded_loop'")]
    [InlineData("scoped_tasks.preferred_fix.SCOPE001", "await", "nothing, for SCOPE001 has no fix")]
    public Task Reports_an_entry_that_cannot_be_read(string key, string value, string right, string? shown = null) =>
        Reports(
            "class C { }",
            Code.Default with { EditorConfig = $"{key} = {value}" },
            Malformed(shown ?? key, value, right));

    [Fact]
    public Task Reports_one_bad_entry_among_good_ones() =>
        Reports(
            "class C { }",
            Code.Default with { EditorConfig = "scoped_tasks.observers = Safe.Run, No good, Forget" },
            Malformed("scoped_tasks.observers", "No good", "methods written 'Type.Method', with commas between them"));

    [Fact]
    public Task Reports_a_key_that_does_not_exist() =>
        Reports(
            "class C { }",
            Code.Default with { EditorConfig = "scoped_tasks.max_concurency = 4" },
            Malformed(
                "scoped_tasks.max_concurency",
                "scoped_tasks.max_concurency",
                "one of the keys 'scoped_tasks.observers', 'scoped_tasks.blocking_calls', "
                + "'scoped_tasks.not_blocking', 'scoped_tasks.cold_types', 'scoped_tasks.lifetimes', "
                + "'scoped_tasks.max_concurrency', 'scoped_tasks.max_connections', "
                + "'scoped_tasks.preferred_fix.SCOPEnnn'"));

    [Fact]
    public Task Reports_an_entry_once_for_many_files() =>
        Reports(
            "class C { }",
            Code.Default with
            {
                EditorConfig = "scoped_tasks.max_concurrency = many",
                Sources = [("/0/Other.cs", "class D { }"), ("/0/Third.cs", "class E { }")],
            },
            Malformed("scoped_tasks.max_concurrency", "many", "a whole number, 1 or more"));

    [Theory]
    [InlineData("/0/.editorconfig", "[*.cs]\nscoped_tasks.max_concurrency = many", 2, 32, ".editorconfig")]
    [InlineData("/0/.editorconfig", "# a\r\n\r\n[*.cs]\r\nScoped_Tasks.Max_Concurrency:many", 4, 30, ".editorconfig")]
    [InlineData("/.editorconfig", "root = true\nscoped_tasks.max_concurrency=many", 2, 30, ".editorconfig")]
    [InlineData(
        "/9/all.globalconfig",
        "is_global = true\nscoped_tasks.max_concurrency = many # x",
        2,
        32,
        "all.globalconfig")]
    public Task Names_the_file_and_the_place(string path, string text, int line, int column, string name) =>
        Reports(
            "class C { }",
            Code.Default with
            {
                EditorConfig = "scoped_tasks.max_concurrency = many",
                AdditionalFiles = [("/0/readme.txt", text), (path, text), ("/0/9/.editorconfig", text)],
            },
            Malformed("scoped_tasks.max_concurrency", "many", "a whole number, 1 or more", $"'{name}'")
                .WithSpan(path, line, column, line, column + 4));

    [Fact]
    public Task Names_the_nearest_of_several_files()
    {
        const string text = "[*.cs]\nscoped_tasks.observers = Safe.Run, No good";
        return Reports(
            "class C { }",
            Code.Default with
            {
                EditorConfig = "scoped_tasks.observers = Safe.Run, No good",
                AdditionalFiles = [("/1.globalconfig", text), ("/0/.editorconfig", text), ("/.editorconfig", text)],
            },
            Malformed(
                "scoped_tasks.observers",
                "No good",
                "methods written 'Type.Method', with commas between them",
                "'.editorconfig'").WithSpan("/0/.editorconfig", 2, 36, 2, 43));
    }

    [Fact]
    public Task Names_the_line_that_wins() => Reports(
        "class C { }",
        Code.Default with
        {
            EditorConfig = "scoped_tasks.max_concurrency = many",
            AdditionalFiles =
            [
                ("/0/.editorconfig",
                    "scoped_tasks.max_concurrency = many\n[*.cs]\nscoped_tasks.max_concurrency = many\n"
                    + "scoped_tasks.max_connections = many"),
            ],
        },
        Malformed("scoped_tasks.max_concurrency", "many", "a whole number, 1 or more", "'.editorconfig'")
            .WithSpan("/0/.editorconfig", 3, 32, 3, 36));

    [Fact]
    public Task Has_the_severity_that_the_configuration_gives_it() => Reports(
        "class C { }",
        Code.Default with
        {
            EditorConfig = "scoped_tasks.max_concurrency = many\ndotnet_diagnostic.SCOPE001.severity = error",
        },
        new DiagnosticResult("SCOPE001", Microsoft.CodeAnalysis.DiagnosticSeverity.Error).WithMessage(
            "The option 'scoped_tasks.max_concurrency' in the configuration cannot be read at 'many' and leaves that "
            + "out; right would be a whole number, 1 or more"));

    [Fact]
    public Task Is_silent_where_the_configuration_says_so() => Ignores(
        "class C { }",
        Code.Default with
        {
            EditorConfig = "scoped_tasks.max_concurrency = many\ndotnet_diagnostic.SCOPE001.severity = none",
        });

    [Theory]
    [InlineData("scoped_tasks.max_concurrency = 4")]
    [InlineData("scoped_tasks.max_connections = 200")]
    [InlineData("scoped_tasks.observers = Safe.Run, N.Safe.Run, Run")]
    [InlineData("scoped_tasks.observers = Safe.Run,")]
    [InlineData("scoped_tasks.blocking_calls = Legacy.Load -> LoadAsync, N.Type.Wait -> await Type.WaitAsync(..), Run")]
    [InlineData("scoped_tasks.not_blocking = Cache.Wait, Prompt")]
    [InlineData("scoped_tasks.blocking_calls = Legacy.*, *Client.Read* -> ReadAsync")]
    [InlineData("scoped_tasks.not_blocking = *.Get*")]
    [InlineData("scoped_tasks.cold_types = Operation, Contoso.Lazily")]
    [InlineData("scoped_tasks.lifetimes = UnitOfWork")]
    [InlineData("scoped_tasks.observers = ")]
    [InlineData("scoped_tasks.preferred_fix.SCOPE102 = detach")]
    [InlineData("scoped_tasks.preferred_fix.SCOPE102 = RunInGroup")]
    [InlineData("scoped_tasks.preferred_fix.SCOPE102 = run_in_group")]
    [InlineData("other.max_concurrency = many")]
    public Task Ignores_what_can_be_read(string line) =>
        Ignores("class C { }", Code.Default with { EditorConfig = line });

    private static DiagnosticResult Malformed(
        string key, string entry, string right, string file = "the configuration") =>
        DiagnosticResult.CompilerWarning("SCOPE001").WithMessage(
            $"The option '{key}' in {file} cannot be read at '{entry}' and leaves that out; right would be {right}");
}
