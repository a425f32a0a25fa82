using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Spawning;

/// <summary>SCOPE403: loops that take a delegate without a result, and what they start with it.</summary>
public sealed class AsyncForEachTests : RuleTests<AsyncForEachAnalyzer>
{
    [Fact]
    public Task Reports_a_call_that_the_loop_drops() =>
        Reports(
            Sync("list.ForEach(id => [|service.SendAsync(id)|]);"),
            "'List.ForEach' starts 'SendAsync' and does not wait for it: its failure is lost; "
            + "await each in a 'foreach', or run them with 'TaskGroup.ForEachAsync'");

    [Fact]
    public Task Says_that_the_failure_of_an_async_lambda_ends_the_process() =>
        Reports(
            Sync("Parallel.ForEach(list, [|async id => await service.SendAsync(id)|]);"),
            "'Parallel.ForEach' starts 'async id => ..' and does not wait for it: its failure ends the process; "
            + "run them with 'TaskGroup.ForEachAsync'");

    [Fact]
    public Task Names_no_type_of_ours_without_the_runtime() =>
        Reports(
            Sync("Parallel.ForEach(list, [|async id => await service.SendAsync(id)|]);"),
            "'Parallel.ForEach' starts 'async id => ..' and does not wait for it: its failure ends the process; "
            + "run them with 'Parallel.ForEachAsync'",
            Code.WithoutRuntime);

    [Fact]
    public Task Names_no_loop_that_the_framework_does_not_have() =>
        Reports(
            """
            using System.Collections.Generic;
            using System.Threading.Tasks;
            class C
            {
                void M(List<int> list) { Parallel.ForEach(list, [|async id => await Task.Delay(id)|]); }
            }
            """,
            "'Parallel.ForEach' starts 'async id => ..' and does not wait for it: its failure ends the process; "
            + "await each in a 'foreach'",
            Code.Framework);

    [Theory]
    [InlineData("list.ForEach([|async id => await service.SendAsync(id)|]);")]
    [InlineData("list.ForEach([|async id => { await service.SendAsync(id); }|]);")]
    [InlineData("list.ForEach([|async (int id) => await service.SendAsync(id)|]);")]
    [InlineData("list.ForEach([|async delegate(int id) { await service.SendAsync(id); }|]);")]
    [InlineData("list.ForEach(id => [|service.SendAsync(id)|].ConfigureAwait(false));")]
    [InlineData("list.ForEach(id => [|service?.SendAsync(id)|]);")]
    [InlineData("list.ForEach(id => [|service.LoadAsync()|]);")]
    [InlineData("list.ForEach(id => [|service.SaveAsync(id)|]);")]
    [InlineData("list.ForEach(id => [|Task.Run(() => Compute(id))|]);")]
    [InlineData("list.ForEach(id => [|OwnAsync(id)|]);")]
    [InlineData("list.ForEach([|SendAndForget|]);")]
    [InlineData("list?.ForEach([|async id => await service.SendAsync(id)|]);")]
    [InlineData("ids.ToList().ForEach([|async id => await service.SendAsync(id)|]);")]
    [InlineData("ids.Where(id => id > 1).ToList().ForEach(id => [|service.SendAsync(id)|]);")]
    [InlineData("new List<int> { 1, 2 }.ForEach(id => [|service.SendAsync(id)|]);")]
    [InlineData("Array.ForEach(array, [|async id => await service.SendAsync(id)|]);")]
    [InlineData("Array.ForEach(array, id => [|service.SendAsync(id)|]);")]
    [InlineData("Array.ForEach(action: [|async id => await service.SendAsync(id)|], array: array);")]
    [InlineData("ImmutableList.Create(1).ForEach([|async id => await service.SendAsync(id)|]);")]
    [InlineData("ImmutableList.CreateBuilder<int>().ForEach(id => [|service.SendAsync(id)|]);")]
    [InlineData("Parallel.ForEach(list, [|async id => await service.SendAsync(id)|]);")]
    [InlineData("Parallel.ForEach(list, id => [|service.SendAsync(id)|]);")]
    [InlineData("Parallel.ForEach(list, new ParallelOptions(), [|async id => await service.SendAsync(id)|]);")]
    [InlineData("Parallel.ForEach(list, [|async (id, state) => await service.SendAsync(id)|]);")]
    [InlineData("Parallel.ForEach(list, [|async (id, state, index) => await service.SendAsync(id)|]);")]
    [InlineData("Parallel.ForEach(Partitioner.Create(0, 9), [|async range => await service.SendAsync(1)|]);")]
    [InlineData("var result = Parallel.ForEach(list, [|async id => await service.SendAsync(id)|]);")]
    [InlineData("Parallel.For(0, 9, [|async i => await service.SendAsync(i)|]);")]
    [InlineData("Parallel.For(0, 9, i => [|service.SendAsync(i)|]);")]
    [InlineData("Parallel.For(0L, 9L, [|async i => await service.SendAsync((int)i)|]);")]
    [InlineData("Parallel.Invoke([|async () => await service.SendAsync(1)|], () => Compute(1));")]
    [InlineData("Parallel.Invoke(() => [|service.SendAsync(1)|], () => [|service.SendAsync(2)|]);")]
    [InlineData("Parallel.Invoke(new ParallelOptions(), () => [|service.SendAsync(1)|]);")]
    [InlineData("Parallel.Invoke(new Action[] { [|async () => await service.SendAsync(1)|] });")]
    [InlineData("ids.AsParallel().ForAll([|async id => await service.SendAsync(id)|]);")]
    [InlineData("ids.AsParallel().Where(id => id > 1).ForAll(id => [|service.SendAsync(id)|]);")]
    [InlineData("foreach (var id in ids) { list.ForEach(other => [|service.SendAsync(other)|]); }")]
    [InlineData("try { list.ForEach(id => [|service.SendAsync(id)|]); } catch { }")]
    [InlineData("Action a = () => list.ForEach([|async id => await service.SendAsync(id)|]); a();")]
    public Task Reports_asynchronous_work_in_a_loop_that_is_a_call(string statement) => Reports(Sync(statement));

    [Fact]
    public Task Reports_it_in_async_code_too() =>
        Reports(Async("list.ForEach([|async id => await service.SendAsync(id)|]); await Task.Yield();"));

    [Fact]
    public Task Reports_it_in_the_body_of_a_method() =>
        Reports(Member("void M(List<int> list) => list.ForEach([|async id => await OwnAsync(id)|]);"));

    [Theory]
    [InlineData("ids.ForEach(id => service.SendAsync(id));")]
    [InlineData("ids.ForEach(async id => await service.SendAsync(id));")]
    [InlineData("ids.ForEach(service.SendAsync);")]
    [InlineData("list.Each(service.SendAsync);")]
    public Task Ignores_a_loop_that_takes_the_task(string statement) =>
        Ignores(
            $$"""
            static class Sequences
            {
                public static async Task ForEach<T>(this IEnumerable<T> items, Func<T, Task> body)
                {
                    foreach (var item in items) await body(item);
                }

                public static void Each<T, TResult>(this List<T> items, Func<T, TResult> body) { }
            }
            """ + Async("await " + statement.Replace("list.Each", "Task.Yield(); list.Each")));

    [Theory]
    [InlineData("list.ForEach(id => Compute(id));")]
    [InlineData("list.ForEach(Compute);")]
    [InlineData("list.ForEach(Console.WriteLine);")]
    [InlineData("list.ForEach(id => service.SendAsync(id).Wait());")]
    [InlineData("list.ForEach(id => service.SendAsync(id).GetAwaiter().GetResult());")]
    [InlineData("list.ForEach(id => tasks.Add(service.SendAsync(id)));")]
    [InlineData("list.ForEach(id => task = service.SendAsync(id));")]
    [InlineData("list.ForEach(id => { Func<Task> f = async () => await service.SendAsync(id); Keep(f); });")]
    [InlineData("list.ForEach(id => service.SendAsync(id).ContinueWith(t => Console.WriteLine(t.Exception)));")]
    [InlineData("list.ConvertAll(id => service.SendAsync(id));")]
    [InlineData("list.ConvertAll(async id => await service.SendAsync(id));")]
    [InlineData("Parallel.ForEach(list, id => service.SendAsync(id).Wait());")]
    [InlineData("Parallel.ForEachAsync(list, async (id, ct) => await service.SendAsync(id));")]
    [InlineData("Parallel.ForEach(list, () => 0, (id, state, sum) => sum + id, sum => Compute(sum));")]
    [InlineData("Parallel.Invoke(() => Compute(1), () => Compute(2));")]
    [InlineData("Array.ConvertAll(array, async id => await service.LoadAsync());")]
    [InlineData("Do(async () => await service.SendAsync(1));")]
    [InlineData("Task.Run(() => service.SendAsync(1));")]
    [InlineData("list.ForEach(id => Task.Delay(id));")]
    [InlineData("list.ForEach(id => Detached(id));")]
    [InlineData("list.ForEach(Unknown);", true)]
    [InlineData("list.ForEach(async id => await Unknown(id));", true)]
    public Task Ignores_everything_else(string statement, bool isBroken = false) =>
        Ignores(
            Sync(statement),
            Code.Default with
            {
                Compiler = isBroken
                    ? Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None
                    : Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.Errors,
            });

    [Fact]
    public Task Ignores_an_expression_tree() =>
        Ignores(Sync(
            """
            System.Linq.Expressions.Expression<Action> tree = () => list.ForEach(id => service.SendAsync(id));
            """));

    [Fact]
    public Task Ignores_generated_code() =>
        Ignores("// <auto-generated/>\n#nullable disable\n" + Sync("list.ForEach(id => service.SendAsync(id));"));

    [Fact]
    public Task Ignores_what_the_configuration_calls_an_observer() =>
        Ignores(
            Sync("list.ForEach(id => service.SendAsync(id));"),
            Code.Default with { EditorConfig = "scoped_tasks.observers = IService.SendAsync" });

    /// <summary>The site is this rule's alone.</summary>
    public sealed class BesideOthers : RuleTests<DroppedTaskAnalyzer>
    {
        [Theory]
        [InlineData("list.ForEach(id => service.SendAsync(id));")]
        [InlineData("Parallel.ForEach(list, id => service.SendAsync(id));")]
        public Task Leaves_nothing_to_the_dropped_task(string statement) => Ignores(Sync(statement));

        [Fact]
        public Task Leaves_a_drop_among_other_statements_to_it() =>
            Reports(Sync("list.ForEach(id => { Compute(id); [|service.SendAsync(id)|]; });"));
    }

    private static string Sync(string statements) =>
        Member(
            $$"""
            void M(IService service, List<int> list, int[] array, IEnumerable<int> ids)
            {
                var tasks = new List<Task>(); Task? task = null; Keep(task!); Keep(tasks);
                {{statements}}
            }
            """);

    private static string Async(string statements) =>
        Member(
            $$"""
            async Task M(IService service, List<int> list, IEnumerable<int> ids)
            {
                {{statements}}
            }
            """);

    private static string Member(string member) =>
        $$"""
        namespace N
        {
            using System.Collections.Concurrent;
            using System.Collections.Immutable;

            class DetachedAttribute : Attribute { }

            interface IService
            {
                Task SendAsync(int id);
                ValueTask SaveAsync(int id);
                Task<int> LoadAsync();
            }

            class C
            {
                static void Compute(int id) { }
                static void Keep(object kept) { }
                static void Do(Action action) => action();
                static async Task OwnAsync(int id) => await Task.Delay(id);
                static async void SendAndForget(int id) => await Task.Delay(id);
                [Detached] static Task Detached(int id) => Task.Delay(id);

                {{member}}
            }
        }
        """;
}
