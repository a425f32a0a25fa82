using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Blocking;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Building.Callers;

/// <summary>Functions that change with callers in other projects: all of them, or nothing.</summary>
public sealed class SeveralProjectsTests
{
    private const string Blocking = "internal class Store { internal void Save() { Task.Delay(1).Wait(); } }";
    private const string Awaiting = "internal class Store { internal async Task Save() { await Task.Delay(1); } }";
    private const string AsyncVoid = "internal class Store { internal async void Save() { await Task.Delay(1); } }";
    private const string Friends =
        "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"App\")]";

    [Fact]
    public Task Calls_of_a_friend_are_awaited() =>
        LibAndApp(Blocking, "class App { async Task M(Store s) { s.Save(); await Task.Yield(); } }")
            .Becomes<SyncOverAsyncAnalyzer, SyncOverAsyncFix>(
                "MakeAsync",
                ("/Lib/Store.cs", Awaiting),
                ("/App/App.cs", "class App { async Task M(Store s) { await s.Save(); await Task.Yield(); } }"));

    [Fact]
    public Task Calls_of_a_friend_of_an_async_void_are_awaited() =>
        LibAndApp(AsyncVoid, "class App { async Task M(Store s) { s.Save(); await Task.Yield(); } }")
            .Becomes<AsyncVoidAnalyzer, AsyncVoidFix>(
                "ReturnTask",
                ("/Lib/Store.cs", Awaiting),
                ("/App/App.cs", "class App { async Task M(Store s) { await s.Save(); await Task.Yield(); } }"));

    [Fact]
    public Task Callers_of_a_friend_become_async_too() =>
        LibAndApp(
            Blocking,
            "class App { static void M(Store s) { s.Save(); } async Task N() { M(new()); await Task.Yield(); } }")
            .Becomes<SyncOverAsyncAnalyzer, SyncOverAsyncFix>(
                "MakeAsync",
                ("/Lib/Store.cs", Awaiting),
                ("/App/App.cs",
                    "class App { static async Task M(Store s) { await s.Save(); } "
                    + "async Task N() { await M(new()); await Task.Yield(); } }"));

    [Fact]
    public Task A_namespace_that_a_friend_lacks_is_imported() =>
        LibAndApp(
            Blocking,
            "class App { static void M(Store s) { s.Save(); } static void Main() { M(new Store()); } }",
            new Code { Output = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication, GlobalUsings = false })
            .Becomes<SyncOverAsyncAnalyzer, SyncOverAsyncFix>(
                "MakeAsync",
                ("/Lib/Store.cs", Awaiting),
                ("/App/App.cs",
                    "using System.Threading.Tasks;\n\nclass App { static async Task M(Store s) { await s.Save(); } "
                    + "static async Task Main() { await M(new Store()); } }"));

    [Fact]
    public Task A_program_that_tests_refer_to_is_part_of_the_solution() =>
        new Projects()
            .With("App", [], Code.Program, ("/App/App.cs",
                "public class App { static void Main() { } public void Save() { Task.Delay(1).Wait(); } }"))
            .With("Tests", ["App"], null, ("/Tests/T.cs",
                "class Tests { async Task M() { new App().Save(); await Task.Yield(); } }"))
            .Becomes<SyncOverAsyncAnalyzer, SyncOverAsyncFix>(
                "MakeAsync",
                ("/App/App.cs",
                    "public class App { static void Main() { } public async Task Save() { await Task.Delay(1); } }"),
                ("/Tests/T.cs", "class Tests { async Task M() { await new App().Save(); await Task.Yield(); } }"));

    [Fact]
    public Task A_library_that_the_solution_calls_is_still_one() =>
        new Projects()
            .With("Lib", [], null, ("/Lib/Store.cs",
                "public class Store { public void Save() { Task.Delay(1).Wait(); } }"))
            .With("App", ["Lib"], Code.Program, ("/App/App.cs",
                "await Task.Yield(); new Store().Save();"))
            .Refuse<SyncOverAsyncAnalyzer, SyncOverAsyncFix>("MakeAsync");

    [Theory]
    [InlineData("class App { App(Store s) { s.Save(); } async Task M(Store s) { s.Save(); await Task.Yield(); } }")]
    [InlineData("class App { Action M(Store s) => s.Save; async Task N(Store s) { s.Save(); await Task.Yield(); } }")]
    [InlineData("class App { Action M(Store s) => () => s.Save(); async Task N(Store s) { s.Save(); await N(s); } }")]
    [InlineData("class App { void M(Store s) => s.Save(); }")]
    [InlineData("class App { async Task M(Store? s) { s?.Save(); await Task.Yield(); } }")]
    [InlineData("class App { async Task M(Store s) { lock (s) { s.Save(); } await Task.Yield(); } }")]
    [InlineData("public class App { public void M() => new Store().Save(); async Task N() { M(); await N(); } }")]
    [InlineData("class App { async Task M(Store s) { System.Linq.Expressions.Expression<Action> e = () => s.Save(); "
        + "s.Save(); await Task.Yield(); } }")]
    public async Task Nothing_is_written_where_a_friend_cannot_wait(string app)
    {
        await LibAndApp(Blocking, app).Refuse<SyncOverAsyncAnalyzer, SyncOverAsyncFix>("MakeAsync");
        await LibAndApp(AsyncVoid, app).Refuse<AsyncVoidAnalyzer, AsyncVoidFix>("ReturnTask");
    }

    [Fact]
    public Task Names_and_documentation_of_a_friend_stay() =>
        LibAndApp(
            Blocking,
            "/// <see cref=\"Store.Save\"/> and <see cref=\"Store.Save()\"/>\n"
            + "class App { string N => nameof(Store.Save); async Task M(Store s) { s.Save(); await Task.Yield(); } }")
            .Becomes<SyncOverAsyncAnalyzer, SyncOverAsyncFix>(
                "MakeAsync",
                ("/Lib/Store.cs", Awaiting),
                ("/App/App.cs",
                    "/// <see cref=\"Store.Save\"/> and <see cref=\"Store.Save()\"/>\n"
                    + "class App { string N => nameof(Store.Save); "
                    + "async Task M(Store s) { await s.Save(); await Task.Yield(); } }"));

    [Theory]
    [InlineData("interface IJob { void Save(); } class Job : Store, IJob { "
        + "async Task M() { Save(); await Task.Yield(); } }")]
    [InlineData("interface IJob { void Save(); } class Base : Store { } class Job : Base, IJob { "
        + "async Task M() { Save(); await Task.Yield(); } }")]
    public async Task A_friend_may_ask_for_it_by_an_interface(string app)
    {
        await LibAndApp(Blocking.Replace("internal void", "public void"), app)
            .Refuse<SyncOverAsyncAnalyzer, SyncOverAsyncFix>("MakeAsync");
        await LibAndApp(AsyncVoid.Replace("internal async", "public async"), app)
            .Refuse<AsyncVoidAnalyzer, AsyncVoidFix>("ReturnTask");
    }

    [Fact]
    public Task An_interface_of_another_project_asks_for_it() =>
        new Projects()
            .With("Contracts", [], null, ("/Contracts/IStore.cs", "public interface IStore { void Save(); }"))
            .With("Lib", ["Contracts"], null, ("/Lib/Store.cs",
                "class Store : IStore { public void Save() { Task.Delay(1).Wait(); } "
                + "async Task M() { Save(); await Task.Yield(); } }"))
            .Refuse<SyncOverAsyncAnalyzer, SyncOverAsyncFix>("MakeAsync");

    [Fact]
    public Task The_other_file_of_a_type_awaits() =>
        new Projects()
            .With(
                "Lib",
                [],
                null,
                ("/Lib/Store.cs", "partial class Store { void Save() { Task.Delay(1).Wait(); } }"),
                ("/Lib/Store.All.cs", "partial class Store { void All() { Save(); } }"),
                ("/Lib/Store.Run.cs", "partial class Store { async Task Run() { All(); await Task.Yield(); } }"))
            .Becomes<SyncOverAsyncAnalyzer, SyncOverAsyncFix>(
                "MakeAsync",
                ("/Lib/Store.cs", "partial class Store { async Task Save() { await Task.Delay(1); } }"),
                ("/Lib/Store.All.cs", "partial class Store { async Task All() { await Save(); } }"),
                ("/Lib/Store.Run.cs",
                    "partial class Store { async Task Run() { await All(); await Task.Yield(); } }"));

    [Fact]
    public Task Both_parts_of_a_method_change_in_their_files() =>
        new Projects()
            .With(
                "Lib",
                [],
                null,
                ("/Lib/Store.cs", "partial class Store { private partial void Save() { Task.Delay(1).Wait(); } }"),
                ("/Lib/Store.Run.cs",
                    "partial class Store { private partial void Save(); "
                    + "async Task Run() { Save(); await Task.Yield(); } }"))
            .Becomes<SyncOverAsyncAnalyzer, SyncOverAsyncFix>(
                "MakeAsync",
                ("/Lib/Store.cs", "partial class Store { private async partial Task Save() { await Task.Delay(1); } }"),
                ("/Lib/Store.Run.cs",
                    "partial class Store { private partial Task Save(); "
                    + "async Task Run() { await Save(); await Task.Yield(); } }"));

    [Fact]
    public Task A_friend_passes_its_group() =>
        LibAndApp(
            "internal static class Mail { internal static void Send(int id) { _ = SendAsync(id); } "
            + "static Task SendAsync(int id) => Task.CompletedTask; }",
            "class App { void M(ScopedTasks.TaskGroup tasks) => Mail.Send(1); }")
            .Becomes<DiscardedTaskAnalyzer, DiscardedTaskFix>(
                "TakeGroup",
                ("/Lib/Store.cs",
                    "using ScopedTasks;\n\ninternal static class Mail { "
                    + "internal static void Send(TaskGroup group, int id) { group.Spawn(ct => SendAsync(id)); } "
                    + "static Task SendAsync(int id) => Task.CompletedTask; }"),
                ("/App/App.cs", "class App { void M(ScopedTasks.TaskGroup tasks) => Mail.Send(tasks, 1); }"));

    [Theory]
    [InlineData("class App { void M() => Mail.Send(1); void N(ScopedTasks.TaskGroup tasks) => Mail.Send(1); }")]
    [InlineData("class App { Action<int> M() => Mail.Send; void N(ScopedTasks.TaskGroup tasks) => Mail.Send(1); }")]
    [InlineData("/// <see cref=\"Mail.Send(int)\"/>\n"
        + "class App { void N(ScopedTasks.TaskGroup tasks) => Mail.Send(1); }")]
    public Task No_group_is_taken_where_a_friend_has_none(string app) =>
        LibAndApp(
            "internal static class Mail { internal static void Send(int id) { _ = SendAsync(id); } "
            + "static Task SendAsync(int id) => Task.CompletedTask; }",
            app).Refuse<DiscardedTaskAnalyzer, DiscardedTaskFix>("TakeGroup");

    private static Projects LibAndApp(string lib, string app, Code? code = null) =>
        new Projects()
            .With("Lib", [], null, ("/Lib/Store.cs", lib), ("/Lib/Friends.cs", Friends))
            .With("App", ["Lib"], code, ("/App/App.cs", app));
}
