using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.CodeFixes.Fixes.Blocking;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after synchronous code, with its callers, became asynchronous.</summary>
public sealed class SignatureBehaviourTests : FixBehaviourTests<SyncOverAsyncAnalyzer, SyncOverAsyncFix>
{
    [Fact]
    public Task The_same_comes_out_in_the_same_order() =>
        Keeps(
            """
            static class Program
            {
                static void Main()
                {
                    Work.Open();
                    Console.WriteLine(Twice(Load("a")) + Load("b"));
                }

                static int Twice(int length) => length * Load("twice");

                static int Load(string name)
                {
                    Work.DoAsync(name).Wait();
                    return Task.Run(() => name.Length).Result;
                }
            }
            """,
            "6",
            "a starts",
            "twice ends",
            "b ends");

    [Fact]
    public async Task A_failure_comes_out_as_it_is()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static void Main() => Save();
                static void Save() => Work.FailAsync("save").Wait();
            }
            """);

        Assert.IsType<System.AggregateException>(before.Failure);
        Assert.Equal("save", Assert.IsType<System.InvalidOperationException>(after.Failure).Message);
    }

    [Fact]
    public Task Recursion_ends_where_it_ended() =>
        Keeps(
            """
            static class Program
            {
                static void Main() => Console.WriteLine(Sum(4));
                static int Sum(int n) => n == 0 ? Task.Run(() => 0).Result : n + Sum(n - 1);
            }
            """,
            "10");

    [Fact]
    public Task Cleanup_comes_after_the_work() =>
        Keeps(
            """
            static class Program
            {
                static void Main()
                {
                    Work.Open();
                    try { Save(); } finally { Console.WriteLine("cleanup"); }
                }

                static void Save()
                {
                    using var end = new End();
                    Work.DoAsync("save").GetAwaiter().GetResult();
                }
            }

            sealed class End : IDisposable { public void Dispose() => Console.WriteLine("disposed"); }
            """,
            "save ends",
            "disposed",
            "cleanup");
}
