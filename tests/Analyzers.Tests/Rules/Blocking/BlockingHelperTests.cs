using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Blocking;

/// <summary>SCOPE205: synchronous methods that block, called in async code.</summary>
public sealed class BlockingHelperTests : RuleTests<BlockingHelperAnalyzer>
{
    [Fact]
    public Task Shows_what_blocks() => Reports(
        Member("void Load() { Thread.Sleep(1); } async Task M() { await Task.Yield(); [|Load()|]; }"),
        "'Load' blocks its thread in async code (Load -> Thread.Sleep); "
        + "make it asynchronous, or call it with 'Task.Run'");

    [Fact]
    public Task Shows_the_whole_chain() => Reports(
        Member(
            "void Load() { Read(); } int Read() => Parse(); int Parse() { Thread.Sleep(1); return 1; } "
            + "async Task M() { await Task.Yield(); [|Load()|]; }"),
        "'Load' blocks its thread in async code (Load -> Read -> Parse -> Thread.Sleep); "
        + "make it asynchronous, or call it with 'Task.Run'");

    [Fact]
    public Task Shortens_a_long_chain() => Reports(
        Member(
            "void A() => B(); void B() => D(); void D() => E(); void E() => F(); void F() => G(); "
            + "void G() { Thread.Sleep(1); } async Task M() { await Task.Yield(); [|A()|]; }"),
        "'A' blocks its thread in async code (A -> B -> D -> E -> .. -> Thread.Sleep); "
        + "make it asynchronous, or call it with 'Task.Run'");

    [Fact]
    public Task Shows_the_shortest_way() => Reports(
        Member(
            "void Load() { Far(); Near(); } void Far() => Further(); void Further() => Thread.Sleep(1); "
            + "void Near() => Task.Delay(1).Wait(); async Task M() { await Task.Yield(); [|Load()|]; }"),
        "'Load' blocks its thread in async code (Load -> Near -> Task.Wait); "
        + "make it asynchronous, or call it with 'Task.Run'");

    [Theory]
    [InlineData("int Load() => Task.FromResult(Task.Delay(1)).Result.Id + Number().Result;")]
    [InlineData("void Load() { Number().GetAwaiter().GetResult(); }")]
    [InlineData("void Load() { try { Thread.Sleep(1); } finally { } }")]
    [InlineData("void Load() { using var s = new SemaphoreSlim(1); s.Wait(); }")]
    [InlineData("void Load() { lock (this) { Thread.Sleep(1); } }")]
    [InlineData("void Load() { if (Slow()) { } } bool Slow() { Thread.Sleep(1); return true; }")]
    [InlineData("static void Load() { Thread.Sleep(1); }")]
    [InlineData("void Load() { Local(); void Local() { Thread.Sleep(1); } }")]
    [InlineData("void Load() { Load2(1); } void Load2<T>(T t) { Thread.Sleep(1); }")]
    [InlineData("void Load() { Again(); Thread.Sleep(1); } void Again() { Load(); }")]
    public Task Reports_what_blocks_on_every_path(string helper) =>
        Reports(Member(helper + " async Task M() { await Task.Yield(); [|Load()|]; }"));

    [Fact]
    public Task Reports_a_helper_of_another_file() => Reports(
        "class C { async Task M() { await Task.Yield(); [|Helper.Load()|]; } }",
        Code.Default with
        {
            Sources = [("/0/Helper.cs", "static class Helper { public static void Load() => Thread.Sleep(1); }")],
        });

    [Fact]
    public Task Reports_methods_that_call_each_other() => Reports(
        Member(
            "void Load() { Other(); } void Other() { Load(); Third(); } void Third() { Thread.Sleep(1); } "
            + "async Task M() { await Task.Yield(); [|Load()|]; [|Other()|]; }"));

    [Theory]
    [InlineData("void Load() { }")]
    [InlineData("void Load() { if (flag) Thread.Sleep(1); }")]
    [InlineData("void Load() { if (flag) return; Thread.Sleep(1); }")]
    [InlineData("void Load() { if (flag) throw new Exception(); Thread.Sleep(1); }")]
    [InlineData("void Load() { for (var i = 0; i < 1; i++) Thread.Sleep(1); }")]
    [InlineData("void Load() { Task.Run(() => Thread.Sleep(1)); }")]
    [InlineData("void Load() { new Thread(() => Thread.Sleep(1)).Start(); }")]
    [InlineData("void Load() { var slow = flag && Slow(); } bool Slow() { Thread.Sleep(1); return true; }")]
    [InlineData("void Load() { try { } catch { Thread.Sleep(1); } }")]
    [InlineData("void Load() { new SemaphoreSlim(1).Wait(0); }")]
    [InlineData("void Load() { Task.FromResult(1).Wait(); }")]
    [InlineData("void Load() { lock (this) { } }")]
    [InlineData("IEnumerable<int> Load() { Thread.Sleep(1); yield return 1; }")]
    [InlineData("protected virtual void Load() { Thread.Sleep(1); }")]
    [InlineData("[NonBlocking] void Load() { Thread.Sleep(1); }")]
    [InlineData("void Load() { Load(); }")]
    [InlineData("void Load() { Thread.Sleep(1); } Task LoadAsync() => Task.Delay(1);")]
    public Task Ignores_what_may_return_at_once(string helper) =>
        Ignores(Member(helper + " async Task M() { await Task.Yield(); Load(); }"));

    [Theory]
    [InlineData("async Task M() { await Task.Run(() => Load()); }")]
    [InlineData("async Task M() { await Task.Run(Load); }")]
    [InlineData("void M() { Load(); }")]
    [InlineData("async Task M(bool isAsync) { if (isAsync) await Task.Yield(); else Load(); }")]
    public Task Ignores_calls_that_hold_no_shared_thread(string caller) =>
        Ignores(Member("void Load() { Thread.Sleep(1); } " + caller));

    private static string Member(string members) =>
        $$"""
        class NonBlockingAttribute : Attribute { }

        class C
        {
            readonly bool flag = Environment.ProcessorCount > 1;
            static Task<int> Number() => Task.Run(() => 1);
            {{members}}
        }
        """;
}
