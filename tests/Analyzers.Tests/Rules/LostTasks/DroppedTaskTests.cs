using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.LostTasks;

/// <summary>SCOPE101: where a dropped task is reported, and where the compiler or nobody needs to say a word.</summary>
public sealed class DroppedTaskTests : RuleTests<DroppedTaskAnalyzer>
{
    [Fact]
    public Task Reports_a_statement_in_a_method_that_is_not_async() =>
        Reports(
            Sync("[|service.SendAsync(1)|];"),
            "'SendAsync' is started here and nobody waits for it: its failure is lost; "
            + "run it in a task group, or hand it to 'BackgroundTasks.Spawn'");

    [Fact]
    public Task Reports_a_statement_in_a_method_that_returns_its_own_task() =>
        Reports(Member("Task M(IService service) { [|service.SendAsync(1)|]; return Task.CompletedTask; }"));

    [Fact]
    public Task Reports_a_value_task() => Reports(Sync("[|service.SaveAsync()|];"));

    [Fact]
    public Task Reports_a_task_with_a_result() => Reports(Sync("[|service.LoadAsync()|];"));

    [Fact]
    public Task Reports_a_start_on_the_pool() =>
        Reports(
            Sync("[|Task.Run(() => Console.WriteLine())|];"),
            "'Task.Run' is started here and nobody waits for it: its failure is lost; "
            + "run it in a task group, or hand it to 'BackgroundTasks.Spawn'");

    [Fact]
    public Task Reports_a_start_by_the_factory() => Reports(Sync("[|Task.Factory.StartNew(() => { })|];"));

    [Fact]
    public Task Reports_a_dropped_WhenAll() =>
        Reports(Sync("[|Task.WhenAll(service.SendAsync(1), service.SendAsync(2))|];"));

    [Fact]
    public Task Reports_a_derived_task() =>
        Reports(
            """
            class Job : Task { public Job() : base(() => { }) { } }
            class C
            {
                Job Begin() => throw new NotImplementedException();
                void M() { [|Begin()|]; }
            }
            """);

    [Fact]
    public Task Reports_a_task_type_of_the_users_own() =>
        Reports(
            """
            using System.Runtime.CompilerServices;
            [AsyncMethodBuilder(typeof(Builder))]
            class Work { public TaskAwaiter GetAwaiter() => default; }
            class Builder { }
            class C
            {
                Work Begin() => throw new NotImplementedException();
                void M() { [|Begin()|]; }
            }
            """);

    [Fact]
    public Task Reports_a_generic_task() =>
        Reports(Member("T Begin<T>() where T : Task => null!; void M<T>() where T : Task { [|Begin<T>()|]; }"));

    [Fact]
    public Task Reports_a_delegate_call() =>
        Reports(
            Member("void M(Func<int, Task> handle) { [|handle(1)|]; }"),
            "'handle' is started here and nobody waits for it: its failure is lost; "
            + "run it in a task group, or hand it to 'BackgroundTasks.Spawn'");

    [Theory]
    [InlineData("C(IService service) { [|service.SendAsync(1)|]; }")]
    [InlineData("C(IService service) => [|service.SendAsync(1)|];")]
    [InlineData("static C() { [|Static.SendAsync()|]; }")]
    [InlineData("~C() { [|Static.SendAsync()|]; }")]
    [InlineData("int P { get { [|Static.SendAsync()|]; return 1; } }")]
    [InlineData("int P { set { [|Static.SendAsync()|]; } }")]
    [InlineData("int P { set => [|Static.SendAsync()|]; }")]
    [InlineData("int P { init => [|Static.SendAsync()|]; }")]
    [InlineData("int this[int i] { set => [|Static.SendAsync()|]; }")]
    [InlineData("event Action E { add => [|Static.SendAsync()|]; remove { } }")]
    [InlineData("public static C operator +(C a, C b) { [|Static.SendAsync()|]; return a; }")]
    [InlineData("IEnumerable<int> M() { [|Static.SendAsync()|]; yield return 1; }")]
    [InlineData("void M() { void Local() { [|Static.SendAsync()|]; } Local(); }")]
    [InlineData("void M() { void Local() => [|Static.SendAsync()|]; Local(); }")]
    [InlineData("async Task M() { await Task.Yield(); void Local() => [|Static.SendAsync()|]; Local(); }")]
    [InlineData("void M() { for ([|Static.SendAsync()|]; ;) { break; } }")]
    [InlineData("void M(int k) { switch (k) { case 1: [|Static.SendAsync()|]; break; } }")]
    [InlineData("void M(object k) { if (k is int n && n > 1) [|Static.SendAsync()|]; else [|Static.SendAsync()|]; }")]
    [InlineData("void M() { using (new MemoryStream()) { [|Static.SendAsync()|]; } }")]
    [InlineData("void M() { lock (this) { [|Static.SendAsync()|]; } }")]
    [InlineData("void M() { unsafe { [|Static.SendAsync()|]; } }")]
    [InlineData("void M() { checked { [|Static.SendAsync()|]; } }")]
    [InlineData("void M() { try { } catch { [|Static.SendAsync()|]; } finally { [|Static.SendAsync()|]; } }")]
    public Task Reports_it_in_every_kind_of_member(string member) => Reports(Member(member));

    [Fact]
    public Task Reports_it_behind_a_null_check_in_async_code_where_the_compiler_is_silent() =>
        Reports(
            Async("[|service?.SendAsync(1)|]; await Task.Yield();"),
            "'SendAsync' is started here and nobody waits for it: the compiler does not warn behind '?.'; "
            + "await it, or run it in a task group");

    [Fact]
    public Task Reports_it_behind_a_null_check() => Reports(Sync("[|service?.SendAsync(1)|];"));

    [Fact]
    public Task Reports_it_at_the_end_of_a_chain_of_null_checks() =>
        Reports(Member("C? next; void M(C? c) { [|c?.next?.RunAsync()|]; } Task RunAsync() => Task.Delay(1);"));

    [Fact]
    public Task Reports_a_configured_call_behind_a_null_check() =>
        Reports(Async("[|service?.SendAsync(1).ConfigureAwait(false)|]; await Task.Yield();"));

    [Fact]
    public Task Reports_a_configured_call_where_it_starts() =>
        Reports(
            Sync("[|service.SendAsync(1)|].ConfigureAwait(false);"),
            "'SendAsync' is started here and nobody waits for it: 'ConfigureAwait' does not wait; "
            + "run it in a task group, or hand it to 'BackgroundTasks.Spawn'");

    [Theory]
    [InlineData("[|service.SaveAsync()|].AsTask();")]
    [InlineData("[|service.SaveAsync()|].Preserve();")]
    [InlineData("[|service.SendAsync(1)|].WaitAsync(TimeSpan.FromSeconds(1));")]
    [InlineData("[|Task.Factory.StartNew(() => service.SendAsync(1))|].Unwrap();")]
    [InlineData("[|service.SaveAsync()|].AsTask().ConfigureAwait(false);")]
    public Task Reports_a_call_whose_task_is_only_passed_on(string statement) => Reports(Sync(statement));

    [Fact]
    public Task Reports_a_continuation_that_does_not_look_at_the_failure() =>
        Reports(
            Sync("[|service.SendAsync(1)|].ContinueWith(_ => Console.WriteLine());"),
            "'SendAsync' is started here and nobody waits for it: its 'ContinueWith' does not look at its failure "
            + "and is dropped too; run it in a task group, or hand it to 'BackgroundTasks.Spawn'");

    [Theory]
    [InlineData("[|service.LoadAsync()|].ContinueWith(t => Console.WriteLine(t.Result));")]
    [InlineData("[|service.SendAsync(1)|].ContinueWith(_ => { }, TaskContinuationOptions.OnlyOnRanToCompletion);")]
    [InlineData("[|service.SendAsync(1)|].ContinueWith(_ => { }, TaskContinuationOptions.ExecuteSynchronously);")]
    [InlineData("[|Task.Delay(10).ContinueWith(_ => Console.WriteLine())|];")]
    [InlineData("[|given.ContinueWith(async _ => await Task.Yield())|];")]
    public Task Reports_a_blind_continuation(string statement) => Reports(Sync(statement));

    [Theory]
    [InlineData("service.SendAsync(1).ContinueWith(t => Console.WriteLine(t.Exception));")]
    [InlineData("service.SendAsync(1).ContinueWith(t => { if (t.IsFaulted) Console.WriteLine(); });")]
    [InlineData("service.SendAsync(1).ContinueWith(t => Console.WriteLine(t.Status));")]
    [InlineData("service.SendAsync(1).ContinueWith(async t => await t);")]
    [InlineData("service.SendAsync(1).ContinueWith(t => Report(t));")]
    [InlineData("service.SendAsync(1).ContinueWith(Report);")]
    [InlineData("service.SendAsync(1).ContinueWith(_ => { }, TaskContinuationOptions.OnlyOnFaulted);")]
    [InlineData("service.SendAsync(1).ContinueWith(_ => { }, TaskContinuationOptions.NotOnRanToCompletion);")]
    [InlineData("service.LoadAsync().ContinueWith(t => { try { Console.WriteLine(t.Result); } catch { } });")]
    [InlineData("Task.Delay(10).ContinueWith(t => Console.WriteLine(t.IsCanceled));")]
    public Task Ignores_a_continuation_that_sees_the_failure(string statement) =>
        Ignores(Sync(statement));

    [Theory]
    [InlineData("SendAsync().ContinueWithCulture(t => Console.WriteLine(t.Exception));")]
    [InlineData("SendAsync().Then(t => Console.WriteLine(t.Status));")]
    [InlineData("SendAsync().ContinueWith(new TaskCompletionSource());")]
    [InlineData("given.ContinueWithCulture(_ => Console.WriteLine());")]
    [InlineData("[|SendAsync()|].ContinueWithCulture(_ => Console.WriteLine());")]
    [InlineData("[|SendAsync()|].Then(_ => Console.WriteLine());")]
    [InlineData("[|SendAsync().Retry(() => Console.WriteLine())|];")]
    public Task Knows_continuations_of_the_users_own(string statement) =>
        Judges(
            $$"""
            static class Tasks
            {
                public static Task ContinueWithCulture(this Task task, Action<Task> next) => task.ContinueWith(next);
                public static Task ContinueWith(this Task task, TaskCompletionSource source) => task;
                public static Task Then(this Task task, Action<Task> next) => task.ContinueWith(next);
                public static Task Retry(this Task task, Action next) => task;
            }
            class C
            {
                Task SendAsync() => Task.Delay(1);
                void M(Task given) { {{statement}} }
            }
            """);

    [Fact]
    public Task Names_the_delegate_that_drops_it() =>
        Reports(
            Member("void M(IService service) { Do(x => [|service.SendAsync(x)|]); } void Do(Action<int> a) => a(1);"),
            "'SendAsync' is started here and nobody waits for it: 'Action<int>' returns nothing, so whoever calls it "
            + "cannot wait; hand over a delegate that returns the task, or run it in a task group");

    [Theory]
    [InlineData("Action M(IService service) => () => [|service.SendAsync(1)|];")]
    [InlineData("void M(IService service) { Action a = () => [|service.SendAsync(1)|]; a(); }")]
    [InlineData("void M(IService service) { Action a = () => { [|service.SendAsync(1)|]; }; a(); }")]
    [InlineData("void M(IService service) { Action<int> a = delegate(int x) { [|service.SendAsync(x)|]; }; a(1); }")]
    [InlineData("void M(IService service) { new Thread(() => [|service.SendAsync(1)|]).IsBackground = true; }")]
    [InlineData("object M(IService service) => new Timer(_ => [|service.SendAsync(1)|], null, 1000, -1);")]
    [InlineData("event EventHandler? E; void M(IService service) { E += (s, e) => [|service.SendAsync(1)|]; }")]
    [InlineData("void M(IService service, CancellationToken ct) { ct.Register(() => [|service.SendAsync(1)|]); }")]
    [InlineData("void M(IService service, int[] xs) { Parallel.ForEach(xs, x => { [|service.SendAsync(x)|]; }); }")]
    [InlineData("static Action a = () => [|Static.SendAsync()|];")]
    [InlineData("async Task M(IService s) { Action a = () => [|s.SendAsync(1)|]; a(); await Task.Yield(); }")]
    public Task Reports_a_lambda_whose_delegate_returns_nothing(string member) => Reports(Member(member));

    [Fact]
    public Task Says_that_a_handler_cannot_see_the_failure() =>
        Reports(
            Sync("try { [|service.SendAsync(1)|]; } catch (Exception e) { Console.WriteLine(e); }"),
            "'SendAsync' is started here and nobody waits for it: the 'catch' around it cannot see its failure; "
            + "run it in a task group, or hand it to 'BackgroundTasks.Spawn'");

    [Fact]
    public Task Says_that_a_handler_cannot_see_the_failure_in_async_code() =>
        Reports(
            Async("try { [|service?.SendAsync(1)|]; await Task.Yield(); } catch { Console.WriteLine(); }"),
            "'SendAsync' is started here and nobody waits for it: the 'catch' around it cannot see its failure; "
            + "await it inside the 'try'");

    [Fact]
    public Task Names_no_type_of_ours_without_the_runtime() =>
        Reports(
            Sync("[|service.SendAsync(1)|];"),
            "'SendAsync' is started here and nobody waits for it: its failure is lost; "
            + "keep the task and let its owner await it",
            Code.WithoutRuntime);

    [Fact]
    public Task Leaves_a_statement_in_async_code_to_the_compiler() =>
        Ignores(Async("service.SendAsync(1); service.SaveAsync().ConfigureAwait(false); await Task.Yield();"));

    [Theory]
    [InlineData("async Task SaveAsync() => await Task.Yield(); void M() { SaveAsync(); }")]
    [InlineData("async Task SaveAsync() => await Task.Yield(); void M() => SaveAsync();")]
    [InlineData("async Task SaveAsync() => await Task.Yield(); void M() { Action a = () => SaveAsync(); a(); }")]
    [InlineData("async Task SaveAsync() => await Task.Yield(); void M(List<int> xs) { xs.ForEach(x => SaveAsync()); }")]
    public Task Leaves_an_async_method_of_the_compilation_to_the_compiler(string member) => Ignores(Member(member));

    [Fact]
    public Task Reports_an_async_method_of_the_compilation_that_is_configured() =>
        Reports(Member("async Task Save() => await Task.Yield(); void M() { [|Save()|].ConfigureAwait(false); }"));

    [Fact]
    public Task Reports_an_async_method_of_the_compilation_behind_a_null_check() =>
        Reports(Member("async Task SaveAsync() => await Task.Yield(); void M(C? c) { [|c?.SaveAsync()|]; }"));

    [Fact]
    public Task Leaves_top_level_statements_that_await_to_the_compiler() =>
        Ignores("Task.Run(() => { }); await Task.Yield();", Code.Program);

    [Fact]
    public Task Reports_top_level_statements_that_do_not_await() =>
        Reports("[|Task.Run(() => { })|];", Code.Program);

    [Fact]
    public Task Reports_a_null_check_in_top_level_statements() =>
        Reports("HttpClient? client = new(); [|client?.GetAsync(\"https://example.org\")|];", Code.Program);

    [Fact]
    public Task Speaks_where_the_compiler_was_silenced_for_good() =>
        Reports(Async("[|service.SendAsync(1)|]; await Task.Yield();"), Code.Default with { Disabled = ["CS4014"] });

    [Fact]
    public Task Speaks_where_the_editorconfig_silenced_the_compiler() =>
        Reports(
            Async("[|service.SendAsync(1)|]; await Task.Yield();"),
            Code.Default with { EditorConfig = "dotnet_diagnostic.CS4014.severity = none" });

    [Theory]
    [InlineData("[Fact] void M()", "store.SaveAsync()", DiagnosticSeverity.Info)]
    [InlineData("[Benchmark] void M()", "store.SaveAsync()", DiagnosticSeverity.Warning)]
    [InlineData("[Fact] void M()", "Should.NotThrowAsync(() => store.SaveAsync())", DiagnosticSeverity.Warning)]
    [InlineData("[Fact] async Task M()", "store?.SaveAsync()", DiagnosticSeverity.Warning)]
    public Task Suggests_in_a_test_that_waits_for_nothing(string test, string call, DiagnosticSeverity severity) =>
        Reports(
            $$"""
            class FactAttribute : Attribute { }
            class BenchmarkAttribute : Attribute { }
            static class Should { public static Task NotThrowAsync(Func<Task> code) => code(); }
            class Store { public Task SaveAsync() => Task.Delay(1); }
            class C
            {
                Store store = new();
                {{test}} { {|#0:{{call}}|}; }
            }
            """,
            new DiagnosticResult("SCOPE101", severity).WithLocation(0));

    [Theory]
    [InlineData("Task t = service.SendAsync(1); Keep(t);")]
    [InlineData("service.SendAsync(1).Wait();")]
    [InlineData("service.SendAsync(1).GetAwaiter().GetResult();")]
    [InlineData("Console.WriteLine(service.LoadAsync().Result);")]
    [InlineData("Keep(service.SendAsync(1));")]
    [InlineData("tasks[0] = service.SendAsync(1);")]
    [InlineData("field = service.SendAsync(1);")]
    [InlineData("field ??= service.SendAsync(1);")]
    [InlineData("Task.WaitAll(service.SendAsync(1), service.SendAsync(2));")]
    [InlineData("given.ConfigureAwait(false);")]
    [InlineData("given.ContinueWith(_ => Console.WriteLine());")]
    [InlineData("given.ContinueWith(_ => Console.WriteLine()).ContinueWith(_ => Console.WriteLine());")]
    [InlineData("Task.Delay(10);")]
    [InlineData("Task.FromResult(1);")]
    [InlineData("Func<Task> f = () => service.SendAsync(1); Console.WriteLine(f);")]
    [InlineData("Func<Task> f = () => { return service.SendAsync(1); }; Console.WriteLine(f);")]
    [InlineData("_ = service.SendAsync(1);")]
    [InlineData("Expression<Action> e = () => service.SendAsync(1); Console.WriteLine(e);")]
    [InlineData("Console.WriteLine(nameof(service.SendAsync));")]
    [InlineData("dynamic d = service; d.SendAsync(1);")]
    public Task Ignores_a_task_that_is_not_dropped(string statements) => Ignores(Sync(statements));

    [Theory]
    [InlineData("await service.SendAsync(1);")]
    [InlineData("await service.SendAsync(1).ConfigureAwait(false);")]
    [InlineData("await (service?.SendAsync(1) ?? Task.CompletedTask);")]
    [InlineData("await Task.WhenAll(service.SendAsync(1), service.SendAsync(2));")]
    [InlineData("await (true ? service.SendAsync(1) : service.SendAsync(2));")]
    [InlineData("await (1 switch { 1 => service.SendAsync(1), _ => service.SendAsync(2) });")]
    [InlineData("await using var s = new MemoryStream(); await s.FlushAsync();")]
    public Task Ignores_a_task_that_is_awaited(string statements) => Ignores(Async(statements));

    [Fact]
    public Task Ignores_a_method_marked_as_detached() =>
        Ignores(
            """
            namespace Mine { class DetachedAttribute : Attribute { } }
            class C
            {
                [Mine.Detached] Task LogAsync() => Task.Delay(1);
                void M() { LogAsync(); }
            }
            """);

    [Fact]
    public Task Ignores_a_delegate_handed_to_a_detached_parameter() =>
        Ignores(
            """
            class DetachedAttribute : Attribute { }
            class C
            {
                void Post([Detached] Action work) => work();
                Task SendAsync() => Task.Delay(1);
                void M() { Post(() => SendAsync()); }
            }
            """);

    [Theory]
    [InlineData("Guarded.RunAsync")]
    [InlineData("N.Guarded.RunAsync")]
    [InlineData("RunAsync")]
    [InlineData("Other.Method, Guarded.RunAsync")]
    public Task Ignores_a_configured_observer(string observers) =>
        Ignores(
            """
            namespace N
            {
                static class Guarded { public static Task RunAsync(this Task task) => task; }
                class C { Task SendAsync() => Task.Delay(1); void M() { SendAsync().RunAsync(); } }
            }
            """,
            Code.Default with { EditorConfig = $"scoped_tasks.observers = {observers}" });

    [Fact]
    public Task Reports_a_helper_that_is_no_observer() =>
        Reports(
            """
            namespace N
            {
                static class Guarded { public static Task RunAsync(this Task task) => task; }
                class C { Task SendAsync() => Task.Delay(1); void M() { [|SendAsync().RunAsync()|]; } }
            }
            """,
            Code.Default with { EditorConfig = "scoped_tasks.observers = Unguarded.RunAsync" });

    [Fact]
    public Task Ignores_a_helper_that_takes_the_task() =>
        Ignores(
            """
            static class Guarded { public static void Forget(this Task task) { } }
            class C { Task SendAsync() => Task.Delay(1); void M() { SendAsync().Forget(); } }
            """);

    [Theory]
    [InlineData("given.ShouldNotBeNull();")]
    [InlineData("field.ShouldNotBeNull();")]
    [InlineData("Given.ShouldNotBeNull(given, \"there is none\");")]
    [InlineData("_ = given.ShouldNotBeNull();")]
    [InlineData("[|Given.Begin(() => service.SendAsync(1))|];")]
    public Task Ignores_a_helper_that_hands_its_argument_back(string statements) =>
        Judges(
            Sync(statements)
            + """

            static class Given
            {
                public static T ShouldNotBeNull<T>(this T? actual, string? message = null) where T : class =>
                    actual ?? throw new ArgumentNullException(message);

                public static T Begin<T>(Func<T> start) => start();
            }
            """);

    [Fact]
    public Task Ignores_generated_code() =>
        Ignores(
            """
            // <auto-generated/>
            class C { Task SendAsync() => Task.Delay(1); void M() { SendAsync(); } }
            """);

    [Fact]
    public Task Ignores_a_call_that_does_not_compile() =>
        Ignores(
            Sync("service.SendAsync({|CS0103:x|}); {|CS0103:Y|}(() => service.SendAsync(1)); service.{|CS1061:Z|}();"));

    [Fact]
    public Task Ignores_half_written_code() =>
        Ignores(Sync("service.SendAsync(1{|CS1026:;|}"));

    [Fact]
    public Task Ignores_task_types_that_are_missing() =>
        Ignores("class C { {|CS0246:Work|} SendAsync() => null!; void M() { SendAsync(); } }");

    private static Task Judges(string source) =>
        source.Contains("[|", System.StringComparison.Ordinal) ? Reports(source) : Ignores(source);

    private static string Sync(string statements) =>
        Member($"void M(IService service, Task given, Task[] tasks) {{ {statements} }}");

    private static string Async(string statements) => Member($"async Task M(IService? service) {{ {statements} }}");

    private static string Member(string member) =>
        $$"""
        using System.Linq.Expressions;

        interface IService
        {
            Task SendAsync(int id);
            Task<int> LoadAsync();
            ValueTask SaveAsync();
        }

        static class Static
        {
            public static Task SendAsync() => Task.Delay(1);
        }

        partial class C
        {
            Task? field;

            void Keep(Task task) => field = task;

            static void Report(Task task) => Console.WriteLine(task.Exception);

            {{member}}
        }
        """;
}
