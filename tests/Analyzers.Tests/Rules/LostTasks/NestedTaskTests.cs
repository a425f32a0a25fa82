using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.LostTasks;

/// <summary>SCOPE114: the outer one of two nested tasks is waited for, and the work is not.</summary>
public sealed class NestedTaskTests : RuleTests<NestedTaskAnalyzer, NestedTaskFix>
{
    [Fact]
    public Task Reports_an_awaited_start_of_asynchronous_work() => Reports(
        Async("await [|Task.Factory.StartNew(async () => await SaveAsync(1))|];"),
        "'StartNew' gives the task of a task, and only the outer one is waited for, which does not wait for the work; "
            + "add '.Unwrap()'");

    [Theory]
    [InlineData("await [|Task.Factory.StartNew(() => SaveAsync(1))|];")]
    [InlineData("await [|Task.Factory.StartNew(async () => await GetAsync(1))|];")]
    [InlineData("await [|Task.Factory.StartNew(async () => await SaveAsync(1))|].ConfigureAwait(false);")]
    [InlineData("_ = await [|Task.Factory.StartNew(async () => await SaveAsync(1))|];")]
    [InlineData("var saved = await [|Task.Factory.StartNew(async () => await SaveAsync(1))|];")]
    [InlineData("await [|SaveAsync(1).ContinueWith(async _ => await SaveAsync(2))|];")]
    [InlineData("await [|SaveAsync(1).ContinueWith(_ => SaveAsync(2), TaskScheduler.Default)|];")]
    [InlineData("[|Task.Factory.StartNew(async () => await SaveAsync(1))|].Wait();")]
    [InlineData("[|Task.Factory.StartNew(async () => await SaveAsync(1))|].GetAwaiter().GetResult();")]
    [InlineData("var saved = [|Task.Factory.StartNew(async () => await SaveAsync(1))|]; await saved;")]
    [InlineData("Task saved = [|Task.Factory.StartNew(async () => await SaveAsync(1))|]; await saved;")]
    [InlineData("_kept = [|Task.Factory.StartNew(async () => await SaveAsync(1), TaskCreationOptions.LongRunning)|];")]
    [InlineData("await Task.WhenAll([|Task.Factory.StartNew(async () => await SaveAsync(1))|], SaveAsync(2));")]
    [InlineData("await Task.WhenAll([|Task.Factory.StartNew(() => SaveAsync(1))|], "
        + "[|Task.Factory.StartNew(() => SaveAsync(2))|]);")]
    [InlineData("await Task.WhenAll(new[] { 1, 2 }.Select(i => [|Task.Factory.StartNew(() => SaveAsync(i))|]));")]
    [InlineData("var all = new List<Task>(); all.Add([|Task.Factory.StartNew(() => SaveAsync(1))|]); "
        + "await Task.WhenAll(all);")]
    [InlineData("await [|RunAsync(() => SaveAsync(1))|];")]
    [InlineData("await [|RunAsync(async () => await SaveAsync(1))|];")]
    [InlineData("Func<Task> later = async () => await [|RunAsync(() => SaveAsync(1))|]; await later();")]
    public Task Reports_it_however_the_outer_one_is_joined(string statements) => Reports(Async(statements));

    [Theory]
    [InlineData("async Task M() => await [|Task.Factory.StartNew(() => SaveAsync(1))|];")]
    [InlineData("Task M() => [|Task.Factory.StartNew(async () => await SaveAsync(1))|];")]
    [InlineData("Task M() { return [|SaveAsync(1).ContinueWith(_ => SaveAsync(2))|]; }")]
    [InlineData("void M() { [|Task.Factory.StartNew(() => SaveAsync(1))|].Wait(); }")]
    [InlineData("Task M(bool b) => b ? [|Task.Factory.StartNew(() => SaveAsync(1))|] : SaveAsync(2);")]
    public Task Reports_it_in_every_member(string member) => Reports(Class(member));

    [Fact]
    public Task Says_to_await_twice_where_nothing_unwraps() => Reports(
        Async("await [|Task.Factory.StartNew(() => FlushAsync())|];"),
        "'StartNew' gives the task of a task, and only the outer one is waited for, which does not wait for the work; "
            + "await what it gives, too");

    [Fact]
    public Task Reports_an_operation_of_a_dispatcher() => Reports(
        """
        using System.Runtime.CompilerServices;

        class Operation<T> { public TaskAwaiter<T> GetAwaiter() => default; }
        class Dispatcher { public Operation<T> InvokeAsync<T>(Func<T> callback) => new(); }

        class Window
        {
            async Task ShowAsync(Dispatcher dispatcher) => await [|dispatcher.InvokeAsync(async () => await LoadAsync())|];
            Task LoadAsync() => Task.CompletedTask;
        }
        """);

    [Theory]
    [InlineData("await Task.Factory.StartNew(async () => await SaveAsync(1)).Unwrap();")]
    [InlineData("await await Task.Factory.StartNew(async () => await SaveAsync(1));")]
    [InlineData("await (await Task.Factory.StartNew(async () => await SaveAsync(1)));")]
    [InlineData("var saved = await Task.Factory.StartNew(async () => await SaveAsync(1)); await saved;")]
    [InlineData("var saved = Task.Factory.StartNew(async () => await SaveAsync(1)); await await saved;")]
    [InlineData("var saved = Task.Factory.StartNew(async () => await SaveAsync(1)); await saved.Unwrap();")]
    [InlineData("var saved = Task.Factory.StartNew(async () => await SaveAsync(1)); await saved; await saved.Result;")]
    [InlineData("await Task.Factory.StartNew(() => 1);")]
    [InlineData("await Task.Factory.StartNew(() => { });")]
    [InlineData("await Task.Run(async () => await SaveAsync(1));")]
    [InlineData("await Task.Run(() => SaveAsync(1));")]
    [InlineData("var first = await Task.WhenAny(SaveAsync(1), SaveAsync(2)); await first;")]
    [InlineData("var saved = Task.Factory.StartNew(() => SaveAsync(1)); await Task.WhenAny(saved, Task.Delay(1));")]
    [InlineData("await SendAsync();")]
    [InlineData("Register(Task.Factory.StartNew(() => SaveAsync(1)));")]
    [InlineData("await Task.FromResult(SaveAsync(1));")]
    [InlineData("var both = await Task.WhenAll(Task.Factory.StartNew(() => SaveAsync(1))); await Task.WhenAll(both);")]
    public Task Ignores_what_waits_for_the_work(string statements) => Ignores(Async(statements));

    [Fact]
    public Task Leaves_a_dropped_start_to_the_rules_for_those() =>
        Ignores(Class("void M() { Task.Factory.StartNew(async () => await SaveAsync(1)); }"));

    [Theory]
    [InlineData(
        "await [|Task.Factory.StartNew(async () => await SaveAsync(1))|];",
        "await Task.Factory.StartNew(async () => await SaveAsync(1)).Unwrap();")]
    [InlineData(
        "await [|Task.Factory.StartNew(() => SaveAsync(1))|].ConfigureAwait(false); // saved",
        "await Task.Factory.StartNew(() => SaveAsync(1)).Unwrap().ConfigureAwait(false); // saved")]
    [InlineData(
        "var saved = [|SaveAsync(1).ContinueWith(async _ => await SaveAsync(2))|]; await saved;",
        "var saved = SaveAsync(1).ContinueWith(async _ => await SaveAsync(2)).Unwrap(); await saved;")]
    [InlineData(
        "await Task.WhenAll([|Task.Factory.StartNew(() => SaveAsync(1))|], "
            + "[|Task.Factory.StartNew(() => SaveAsync(2))|]);",
        "await Task.WhenAll(Task.Factory.StartNew(() => SaveAsync(1)).Unwrap(), "
            + "Task.Factory.StartNew(() => SaveAsync(2)).Unwrap());")]
    [InlineData(
        "await [|RunAsync(async () => { await [|RunAsync(() => SaveAsync(1))|]; })|];",
        "await RunAsync(async () => { await RunAsync(() => SaveAsync(1)).Unwrap(); }).Unwrap();")]
    [InlineData(
        "_kept = [|Task.Factory.StartNew(async () =>\n        {\n            await SaveAsync(1);\n        })|];",
        "_kept = Task.Factory.StartNew(async () =>\n        {\n            await SaveAsync(1);\n        }).Unwrap();")]
    public Task Unwraps_it(string before, string after) => Fixes(Async(before), Async(after));

    [Theory]
    [InlineData("await [|Task.Factory.StartNew(() => FlushAsync())|];")]
    [InlineData("await [|Task.Factory.StartNew(async () => { while (true) { await SaveAsync(1); } })|];")]
    [InlineData("Task<Task> saved = [|Task.Factory.StartNew(() => SaveAsync(1))|]; await saved;")]
    public Task Offers_nothing_where_no_task_comes_of_it(string statements) => OffersNoFix(Async(statements));

    [Fact]
    public Task Unwraps_it_in_old_code() => Fixes(
        """
        using System.Threading.Tasks;

        class Shop
        {
            async Task M()
            {
                await [|Task.Factory.StartNew(async () => await SaveAsync())|];
            }

            Task SaveAsync() => Task.CompletedTask;
        }
        """,
        """
        using System.Threading.Tasks;

        class Shop
        {
            async Task M()
            {
                await Task.Factory.StartNew(async () => await SaveAsync()).Unwrap();
            }

            Task SaveAsync() => Task.CompletedTask;
        }
        """,
        code: Code.Framework);

    private static string Async(string statements) =>
        Class($$"""
            async Task M()
                {
                    {{statements}}
                }
            """);

    private static string Class(string member) =>
        $$"""
        class Shop
        {
            private Task? _kept;

            {{member}}

            Task SaveAsync(int order) => Task.CompletedTask;
            Task<int> GetAsync(int order) => Task.FromResult(order);
            ValueTask FlushAsync() => default;
            Task<Task> SendAsync() => Task.FromResult(Task.CompletedTask);
            Task<T> RunAsync<T>(Func<T> function) => Task.FromResult(function());
            void Register(Task<Task> task) { }
        }
        """;
}
