using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Blocking;

/// <summary>Where synchronous code blocks on a task.</summary>
public sealed class SyncOverAsyncTests : RuleTests<SyncOverAsyncAnalyzer>
{
    [Theory]
    [InlineData("int M() => [|LoadAsync().Result|];")]
    [InlineData("void M() { [|LoadAsync().Wait()|]; }")]
    [InlineData("void M(Task t) { [|t.Wait()|]; }")]
    [InlineData("bool M() => [|LoadAsync().Wait(100)|];")]
    [InlineData("int M() => [|LoadAsync().GetAwaiter().GetResult()|];")]
    [InlineData("int M() => [|LoadAsync().ConfigureAwait(false).GetAwaiter().GetResult()|];")]
    [InlineData("void M() => [|Task.WaitAll(LoadAsync(), LoadAsync())|];")]
    [InlineData("int M() => [|Task.WaitAny(LoadAsync(), LoadAsync())|];")]
    [InlineData("int P => [|LoadAsync().Result|];")]
    [InlineData("int P { get { return [|LoadAsync().Result|]; } }")]
    [InlineData("C() { [|LoadAsync().Wait()|]; }")]
    [InlineData("static C() { [|LoadAsync().Wait()|]; }")]
    [InlineData("int _n = [|LoadAsync().Result|];")]
    [InlineData("int P { get; } = [|LoadAsync().Result|];")]
    [InlineData("Lazy<int> _n = new(() => [|LoadAsync().Result|]);")]
    [InlineData("Func<int> M() => () => [|LoadAsync().Result|];")]
    [InlineData("async Task M() => await Task.Run(() => [|LoadAsync().Result|]);")]
    [InlineData("public static int operator +(C a, C b) => [|LoadAsync().Result|];")]
    [InlineData("IEnumerable<int> M() { yield return [|LoadAsync().Result|]; }")]
    [InlineData("int M() { var t = LoadAsync(); return [|t.Result|]; }")]
    [InlineData("async Task M() { await Task.Yield(); Local(); int Local() => [|LoadAsync().Result|]; }")]
    public Task Reports_a_wait_in_synchronous_code(string member) => Reports(Class(member));

    [Theory]
    [InlineData("void M() => [|LoadAsync().Wait()|];", "make 'M' async and await it")]
    [InlineData("int P => [|LoadAsync().Result|];", "turn the property into an async method and await it")]
    [InlineData("C() { [|LoadAsync().Wait()|]; }", "create the object in an async method and await it there")]
    [InlineData("Lazy<int> _n = new(() => [|LoadAsync().Result|]);", "keep a 'Lazy<Task<T>>' and await its value")]
    [InlineData("Func<int> F() => () => [|LoadAsync().Result|];", "hand over an async lambda and await it")]
    [InlineData("int _n = [|LoadAsync().Result|];", "await it where 'await' can stand")]
    [InlineData(
        "void M() { lock (this) { [|LoadAsync().Wait()|]; } }",
        "await it before the lock is taken, or use a lock that can be awaited")]
    [InlineData(
        "public override string ToString() => [|LoadAsync().Result|].ToString();",
        "'ToString' is synchronous by contract: give the contract an async member")]
    public Task Says_what_to_do(string member, string advice) => Reports(
        Class(member),
        $"'LoadAsync().{(member.Contains("Wait") ? "Wait()" : "Result")}' blocks the thread until the task has "
        + $"completed; {advice}");

    [Theory]
    [InlineData("async Task M() { await Task.Yield(); _ = LoadAsync().Result; }")]
    [InlineData("Task M() { LoadAsync().Wait(); return Task.CompletedTask; }")]
    public Task Leaves_async_code_to_its_own_rule(string member) => Ignores(Class(member));

    [Theory]
    [InlineData("int M(Task<int> t) => t.IsCompletedSuccessfully ? t.Result : 0;")]
    [InlineData("int M(Task<int> t) { if (!t.IsCompleted) return 0; return t.GetAwaiter().GetResult(); }")]
    [InlineData("bool M(Task<int> t) => t.Wait(0);")]
    [InlineData("int M() => Task.FromResult(1).Result;")]
    [InlineData("void M(Task<int> t) => t.ContinueWith(done => Console.WriteLine(done.Result));")]
    [InlineData("int M(Task<int> t) => t.Result;")]
    [InlineData("Task<int>? _t; int M() => _t!.GetAwaiter().GetResult();")]
    [InlineData("Func<int> M() { var t = LoadAsync(); return () => t.Result; }")]
    public Task Ignores_what_is_complete_or_may_be(string member) => Ignores(Class(member));

    [Theory]
    [InlineData("public void Dispose() => LoadAsync().Wait();")]
    [InlineData("protected virtual void Dispose(bool disposing) { LoadAsync().Wait(); }")]
    [InlineData("void IDisposable.Dispose() => LoadAsync().Wait();")]
    [InlineData("~C() { LoadAsync().Wait(); }")]
    [InlineData("void M() => new Thread(() => LoadAsync().Wait()).Start();")]
    [InlineData("void M(Task t) => t.RunSynchronously();")]
    [InlineData("int EndLoad(IAsyncResult result) => ((Task<int>)result).Result;")]
    [InlineData("int Load(bool isAsync) => isAsync ? 0 : LoadAsync().Result;")]
    [InlineData("System.Linq.Expressions.Expression<Func<int>> M() => () => LoadAsync().Result;")]
    [InlineData("string M() => nameof(Task<int>.Result);")]
    public Task Ignores_what_has_to_wait(string member) =>
        Ignores(Class(member, member.Contains("IDisposable") ? " : IDisposable" : ""));

    [Fact]
    public Task Ignores_the_result_of_an_awaiter() =>
        Ignores(
            """
            class Awaiter : System.Runtime.CompilerServices.INotifyCompletion
            {
                private readonly Task<int> _task = Task.FromResult(1).ContinueWith(_ => 1);
                public bool IsCompleted => false;
                public void OnCompleted(Action continuation) { }
                public int GetResult() => _task.GetAwaiter().GetResult();
            }
            """);

    [Fact]
    public Task Ignores_Main_where_it_cannot_be_async() =>
        Ignores(
            """
            using System.Threading.Tasks;
            static class Program { static void Main() { Task.Delay(1).Wait(); } }
            """,
            Code.Program with { Language = LanguageVersion.CSharp7 });

    [Fact]
    public Task Reports_Main_where_it_can() =>
        Reports("static class Program { static void Main() { [|Task.Delay(1).Wait()|]; } }", Code.Program);

    private static string Class(string member, string contracts = "") =>
        $$"""
        class C{{contracts}}
        {
            {{member}}
            static async Task<int> LoadAsync() { await Task.Yield(); return 1; }
        }
        """;
}
