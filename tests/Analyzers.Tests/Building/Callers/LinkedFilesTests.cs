using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Blocking;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Building.Callers;

/// <summary>A file that several projects, or frameworks of one, compile: a fix holds in all, or nowhere.</summary>
public sealed class LinkedFilesTests
{
    private static readonly (string Path, string Text) Blocking =
        ("/Shared/Store.cs", "partial class Store { public void Save() { Task.Delay(1).Wait(); } }");

    private static readonly (string Path, string Text) Awaiting =
        ("/Shared/Store.cs", "partial class Store { public async Task Save() { await Task.Delay(1); } }");

    private static readonly (string Path, string Text) AsyncVoid =
        ("/Shared/Store.cs", "partial class Store { public async void Save() { await Task.Delay(1); } }");

    [Fact]
    public Task The_calls_of_both_projects_are_awaited() =>
        AAndB(Blocking, Caller("A"), Caller("B")).Becomes<SyncOverAsyncAnalyzer, SyncOverAsyncFix>(
            "MakeAsync", Awaiting, Changed("A"), Changed("B"));

    [Fact]
    public Task The_calls_of_both_projects_of_an_async_void_are_awaited() =>
        AAndB(AsyncVoid, Caller("A"), Caller("B")).Becomes<AsyncVoidAnalyzer, AsyncVoidFix>(
            "ReturnTask", Awaiting, Changed("A"), Changed("B"));

    [Fact]
    public Task Calls_in_the_file_itself_are_awaited_once() =>
        AAndB(
            ("/Shared/Store.cs",
                "class Store { void Save() { Task.Delay(1).Wait(); } async Task M() { Save(); await Task.Yield(); } }"),
            ("/A/A.cs", ""),
            ("/B/B.cs", "")).Becomes<SyncOverAsyncAnalyzer, SyncOverAsyncFix>(
                "MakeAsync",
                ("/Shared/Store.cs",
                    "class Store { async Task Save() { await Task.Delay(1); } "
                    + "async Task M() { await Save(); await Task.Yield(); } }"));

    [Theory]
    [InlineData("class B { B(Store s) { s.Save(); } }")]
    [InlineData("class B { Action M(Store s) => s.Save; }")]
    [InlineData("interface IJob { void Save(); } partial class Store : IJob { }")]
    [InlineData("interface IJob { void Save(); } class Job : Store, IJob { }")]
    [InlineData("public partial class Store { }")]
    public async Task Nothing_is_written_where_the_other_project_forbids_it(string b)
    {
        await AAndB(Blocking, Caller("A"), ("/B/B.cs", b))
            .Refuse<SyncOverAsyncAnalyzer, SyncOverAsyncFix>("MakeAsync");
        await AAndB(AsyncVoid, Caller("A"), ("/B/B.cs", b)).Refuse<AsyncVoidAnalyzer, AsyncVoidFix>("ReturnTask");
    }

    [Fact]
    public Task Nothing_is_written_where_the_other_project_calls_it_under_a_symbol() =>
        new Projects()
            .With("A", [], null, Blocking, Caller("A"), UnderSymbol)
            .With("B", [], Code.Default with { Symbols = ["OTHER"] }, Blocking, UnderSymbol)
            .Refuse<SyncOverAsyncAnalyzer, SyncOverAsyncFix>("MakeAsync");

    private static (string Path, string Text) UnderSymbol => ("/Shared/U.cs",
        "class U { async Task M(Store s) {\n#if OTHER\ns.Save();\n#endif\nawait Task.Yield(); } }");

    [Fact]
    public Task A_fix_that_an_older_framework_lacks_is_not_offered() =>
        AAndOlder(
            "using System.Threading;using System.Threading.Tasks;"
            + "class C { async Task M(Task t, CancellationToken ct) { t.Wait(ct); await Task.Yield(); } }")
            .Refuse<BlockingWaitAnalyzer, BlockingWaitFix>("");

    [Fact]
    public Task A_fix_that_both_frameworks_know_is_offered() =>
        AAndOlder(
            "using System.Threading.Tasks;"
            + "class C { async Task M(Task t) { t.Wait(); await Task.Yield(); } }")
            .Becomes<BlockingWaitAnalyzer, BlockingWaitFix>(
                "",
                ("/Shared/C.cs",
                    "using System.Threading.Tasks;"
                    + "class C { async Task M(Task t) { await t; await Task.Yield(); } }"));

    [Fact]
    public async Task A_bulk_run_writes_only_what_both_frameworks_know()
    {
        var outcome = await AAndOlder(
            """
            using System.Threading;
            using System.Threading.Tasks;
            class C
            {
                async Task M(Task t, Task u, CancellationToken ct) { t.Wait(ct); u.Wait(); await Task.Yield(); }
                async Task N(Task t, Task u, CancellationToken ct) { t.Wait(); u.Wait(ct); await Task.Yield(); }
                async Task O(Task<Task<int>> t) { t.Result.Wait(); await Task.Yield(); }
            }
            """).InBulkAsync<BlockingWaitAnalyzer, BlockingWaitFix>();
        Assert.Equal(
            """
            using System.Threading;
            using System.Threading.Tasks;
            class C
            {
                async Task M(Task t, Task u, CancellationToken ct) { t.Wait(ct); await u; await Task.Yield(); }
                async Task N(Task t, Task u, CancellationToken ct) { await t; u.Wait(ct); await Task.Yield(); }
                async Task O(Task<Task<int>> t) { await await t; await Task.Yield(); }
            }
            """,
            (await outcome.TextsAsync())["/Shared/C.cs"]);
        Assert.Empty(outcome.Errors);
    }

    [Fact]
    public async Task A_bulk_run_writes_code_under_a_symbol_where_it_is_seen()
    {
        var file = ("/Shared/C.cs",
            """
            class C
            {
            #if OTHER
                async Task M(Task t) { t.Wait(); await Task.Yield(); }
            #else
                async Task M(Task t, Task u) { t.Wait(); u.Wait(); await Task.Yield(); }
            #endif
                async Task N(Task t) { t.Wait(); await Task.Yield(); }
            }
            """);
        var outcome = await new Projects()
            .With("A", [], null, file)
            .With("B", [], Code.Default with { Symbols = ["OTHER"] }, file)
            .InBulkAsync<BlockingWaitAnalyzer, BlockingWaitFix>();
        Assert.DoesNotContain(".Wait()", (await outcome.TextsAsync())["/Shared/C.cs"]);
        Assert.Empty(outcome.Errors);
    }

    private static (string Path, string Text) Caller(string name) => ($"/{name}/{name}.cs",
        $"class {name} {{ async Task M(Store s) {{ s.Save(); await Task.Yield(); }} }}");

    private static (string Path, string Text) Changed(string name) => ($"/{name}/{name}.cs",
        $"class {name} {{ async Task M(Store s) {{ await s.Save(); await Task.Yield(); }} }}");

    private static Projects AAndB(
        (string Path, string Text) shared, (string Path, string Text) a, (string Path, string Text) b) =>
        new Projects().With("A", [], null, shared, a).With("B", [], null, shared, b);

    private static Projects AAndOlder(string shared) =>
        new Projects()
            .With("A", [], Code.CSharp7 with { GlobalUsings = false }, ("/Shared/C.cs", shared))
            .With("Older", [], Code.NetStandard, ("/Shared/C.cs", shared));
}
