using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Spawning;

/// <summary>SCOPE402: one task per element of a source of unknown size, and what bounds it.</summary>
public sealed class UnboundedFanOutTests : RuleTests<UnboundedFanOutAnalyzer>
{
    [Fact]
    public Task Reports_a_list_of_tasks_that_is_awaited_together() =>
        Reports(
            Body(
                """
                var all = new List<Task>();
                foreach (var id in ids) all.Add([|SendAsync(id)|]);
                await Task.WhenAll(all);
                """),
            "'SendAsync' is started for every element at once, and nothing bounds how many run; "
            + "bound it with 'TaskGroup.ForEachAsync'");

    [Fact]
    public Task Reports_a_selector() =>
        Reports(
            Body("var all = await Task.WhenAll(ids.Select(id => [|LoadAsync(id)|]));"),
            "'LoadAsync' is started for every element at once, and nothing bounds how many run; "
            + "bound it with 'TaskGroup.SelectAsync'");

    [Fact]
    public Task Reports_an_async_selector() =>
        Reports(
            Body("await Task.WhenAll(ids.Select([|async id => { await SendAsync(id); }|]));"),
            "'async id => ..' is started for every element at once, and nothing bounds how many run; "
            + "bound it with 'TaskGroup.ForEachAsync'");

    [Fact]
    public Task Names_the_framework_without_the_runtime() =>
        Reports(
            Body("await Task.WhenAll(ids.Select([|SendAsync|]));"),
            "'SendAsync' is started for every element at once, and nothing bounds how many run; "
            + "bound it with 'Parallel.ForEachAsync'",
            Code.WithoutRuntime);

    [Theory]
    [InlineData("await Task.WhenAll(ids.Select([|SendAsync|]));")]
    [InlineData("await Task.WhenAll(ids.Select(id => { Console.WriteLine(); return [|SendAsync(id)|]; }));")]
    [InlineData("await Task.WhenAll(ids.Select(id => [|Task.Run(() => SendAsync(id))|]));")]
    [InlineData("await Task.WhenAll(ids.Where(x => x > 1).Select(id => [|SendAsync(id)|]).ToArray());")]
    [InlineData("var all = ids.Select(id => [|SendAsync(id)|]); await Task.WhenAll(all);")]
    [InlineData("var all = ids.Select(id => [|SendAsync(id)|]).ToList(); await Task.WhenAll(all);")]
    [InlineData("await Task.WhenAll(from id in ids select [|SendAsync(id)|]);")]
    [InlineData("await Task.WhenAll(ids.Select((id, i) => [|SendAsync(id + i)|]));")]
    [InlineData("await Task.WhenAll(Enumerable.Range(0, 1000).Select(id => [|SendAsync(id)|]));")]
    [InlineData("Task.WhenAll(ids.Select(id => [|SendAsync(id)|])).Wait();")]
    [InlineData(
        """
        var all = new Task[list.Count]; for (var i = 0; i < list.Count; i++) all[i] = [|SendAsync(i)|];
        await Task.WhenAll(all);
        """)]
    [InlineData(
        """
        var all = new List<Task>(); foreach (var id in ids) { if (id > 1) all.Add([|SendAsync(id)|]); }
        await Task.WhenAll(all.ToArray());
        """)]
    [InlineData(
        """
        var all = new List<Task>(); for (var i = 0; i < list.Count; i++) { all.Add([|SendAsync(list[i])|]);
        } await Task.WhenAll(all);
        """)]
    [InlineData(
        """
        var all = new List<Task<int>>(); await foreach (var id in stream) { all.Add([|LoadAsync(id)|]); }
        await Task.WhenAll(all);
        """)]
    public Task Reports_every_shape(string statements) => Reports(Body(statements));

    [Theory]
    [InlineData("await Task.WhenAll(new[] { 1, 2, 3 }.Select(id => SendAsync(id)));")]
    [InlineData("await Task.WhenAll(Few.Select(id => SendAsync(id)));")]
    [InlineData("await Task.WhenAll(ids.Take(8).Select(id => SendAsync(id)));")]
    [InlineData("await Task.WhenAll(ids.Take(n).Select(SendAsync));")]
    [InlineData("await Task.WhenAll(Enumerable.Range(0, 8).Select(id => SendAsync(id)));")]
    [InlineData("await Task.WhenAll(Enumerable.Range(0, n).Select(id => SendAsync(id)));")]
    [InlineData("await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(id => SendAsync(id)));")]
    [InlineData("foreach (var part in ids.Chunk(8)) await Task.WhenAll(part.Select(id => SendAsync(id)));")]
    [InlineData(
        """
        await Task.WhenAll(ids.Select(async id => { await gate.WaitAsync(); try { await SendAsync(id); }
        finally { gate.Release(); } }));
        """)]
    [InlineData("await Task.WhenAll(ids.Select(id => ThrottledAsync(id)));")]
    [InlineData("await Task.WhenAll(ids.Select(ThrottledAsync));")]
    [InlineData(
        """
        var all = new List<Task>(); for (var i = 0; i < n; i++) all.Add(SendAsync(i)); await
        Task.WhenAll(all);
        """)]
    [InlineData(
        """
        var all = new List<Task>(); foreach (var id in ids) all.Add(ThrottledAsync(id)); await
        Task.WhenAll(all);
        """)]
    [InlineData(
        """
        var all = new List<Task>(); foreach (var id in ids) { await gate.WaitAsync();
        all.Add(SendAsync(id)); } await Task.WhenAll(all);
        """)]
    [InlineData(
        """
        var all = new List<Task>(); foreach (var id in ids) { all.Add(SendAsync(id)); if (all.Count == 16) {
        await Task.WhenAll(all); all.Clear(); } } await Task.WhenAll(all);
        """)]
    [InlineData(
        """
        var all = new List<Task>(); foreach (var id in ids) { all.Add(SendAsync(id)); if (all.Count > n)
        await Task.WhenAny(all); } await Task.WhenAll(all);
        """)]
    [InlineData("var all = ids.Select(id => SendAsync(id)); foreach (var t in all) await t;")]
    [InlineData("var all = new List<Task>(); all.Add(SendAsync(1)); all.Add(SendAsync(2)); await Task.WhenAll(all);")]
    [InlineData("await Task.WhenAll(SendAsync(1), SendAsync(2));")]
    [InlineData("var sums = ids.Select(id => id + 1); await Task.Yield();")]
    [InlineData("foreach (var id in ids) await SendAsync(id);")]
    public Task Ignores_what_is_bounded_or_not_a_fan_out(string statements) => Ignores(Body(statements));

    [Theory]
    [InlineData("Task M(IEnumerable<IHandler> all) => Task.WhenAll(all.Select(x => x.HandleAsync()));")]
    [InlineData("Task M(IHandler[] all) => Task.WhenAll(all.Select(async x => await x.HandleAsync()));")]
    [InlineData("Task M(IDerived[] all) => Task.WhenAll(all.Select(x => Run(x)));")]
    [InlineData(
        """
        Task M(IHandler[] all) { List<Task> l = new(); foreach (var x in all) l.Add(Run(x)); return
        Task.WhenAll(l); }
        """)]
    [InlineData(
        """
        Task M(IHandler[] a) { var l = new Task[a.Length]; for (var i = 0; i < a.Length; i++) l[i] =
        a[i].HandleAsync(); return Task.WhenAll(l); }
        """)]
    public Task Ignores_the_parts_of_a_program(string member) => Ignores(Parts(member));

    [Theory]
    [InlineData("Task M(IEnumerable<IOrder> all) => Task.WhenAll(all.Select(x => [|Run(x)|]));")]
    [InlineData("Task M(Client[] all) => Task.WhenAll(all.Select(x => [|x.SendAsync()|]));")]
    public Task Reports_data_behind_an_interface(string member) => Reports(Parts(member));

    [Theory]
    [InlineData("Fact")]
    [InlineData("Test")]
    [InlineData("TestMethod")]
    public Task Ignores_test_methods(string attribute) =>
        Ignores(
            $$"""
            class {{attribute}}Attribute : Attribute { }
            class C
            {
                Task SendAsync(int id) => Task.Delay(id);
                [{{attribute}}] async Task M(int[] ids) => await Task.WhenAll(ids.Select(id => SendAsync(id)));
            }
            """);

    private static string Parts(string member) =>
        $$"""
        interface IHandler { Task HandleAsync(); }
        interface IDerived : IHandler { }
        interface IOrder { int Id { get; } }
        class Client { public Task SendAsync() => Task.Delay(1); }
        class C
        {
            Task Run(object x) => Task.Delay(1);
            {{member}}
        }
        """;

    private static string Body(string statements) =>
        $$"""
        class C
        {
            static readonly int[] Few = { 1, 2, 3 };
            readonly SemaphoreSlim gate = new(4);

            Task SendAsync(int id) => Task.Delay(id);
            Task<int> LoadAsync(int id) => Task.FromResult(id);

            async Task ThrottledAsync(int id)
            {
                await gate.WaitAsync();
                try { await SendAsync(id); } finally { gate.Release(); }
            }

            async Task M(IEnumerable<int> ids, List<int> list, IAsyncEnumerable<int> stream, int n)
            {
                {{statements}}
            }
        }
        """;
}
