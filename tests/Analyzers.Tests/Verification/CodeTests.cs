using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using ScopedTasks.Analyzers.Tests.Verification.Specimens;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Verification;

/// <summary>What the settings of a test's code do.</summary>
public sealed class CodeTests : RuleTests<GoodRule, GoodFix>
{
    [Fact]
    public Task The_usual_namespaces_are_there() =>
        Ignores("class C { List<Task<HttpClient>> _list = new(); }");

    [Fact]
    public Task Global_usings_can_be_left_out() =>
        Reports(
            "class C { {|CS0246:Task|}? _task; }",
            Code.Default with { GlobalUsings = false });

    [Fact]
    public Task The_runtime_is_referenced() => Ignores("class C { ScopedTasks.TaskGroup? _group; }");

    [Fact]
    public Task The_runtime_can_be_left_out() =>
        Reports("class C { {|CS0246:ScopedTasks|}.TaskGroup? _group; }", Code.WithoutRuntime);

    [Fact]
    public Task Top_level_statements_make_a_program() =>
        Fixes(
            "[|Bad|](); static void Bad() { } static void Good() { }",
            "Good(); static void Bad() { } static void Good() { }",
            code: Code.Program);

    [Fact]
    public Task Older_languages_can_be_asked_for() =>
        Reports("class C { string{|CS8370:?|} _text; }", Code.CSharp7);

    [Fact]
    public Task Nullable_contexts_can_be_switched_off() =>
        Reports(
            "class C { string{|CS8632:?|} _text; }",
            Code.Default with
            {
                Nullable = NullableContextOptions.Disable,
                Compiler = CompilerDiagnostics.Warnings,
                Disabled = ["CS0169"],
            });

    [Fact]
    public Task NetStandard_resolves() => Ignores("class C { System.Threading.Tasks.Task _task; }", Code.NetStandard);

    [Fact]
    public Task NetStandard_has_no_newer_types() =>
        Reports(
            "class C { System.Threading.{|CS0234:PeriodicTimer|} _timer; }",
            Code.NetStandard);

    [Fact]
    public Task Framework_resolves() => Ignores("class C { System.Net.Http.HttpClient _client; }", Code.Framework);

    [Fact]
    public Task Net100_resolves() =>
        Ignores("class C { IAsyncEnumerable<Task>? _all = Task.WhenEach(new Task[0]); }", Code.Net100);

    [Fact]
    public Task Net80_has_no_newer_members() =>
        Reports("class C { object _all = Task.{|CS0117:WhenEach|}(new Task[0]); }");

    [Fact]
    public Task EditorConfig_lines_count() =>
        Ignores(
            "class C { void M() => Bad(); void Bad() { } }",
            Code.Default with { EditorConfig = "dotnet_diagnostic.TST001.severity = none" });

    [Fact]
    public Task Other_sources_are_compiled_and_fixed() =>
        Fixes(
            "partial class C { void M() => [|Bad|](); }",
            "partial class C { void M() => Good(); }",
            code: Code.Default with
            {
                Sources = [("/0/Other.cs", "partial class C { void Bad() { } void Good() => [|Bad|](); }")],
                FixedSources = [("/0/Other.cs", "partial class C { void Bad() { } void Good() => Good(); }")],
            });
}
