using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Blocking;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Blocking;

/// <summary><c>await using</c>, in surroundings that a hasty rewrite breaks.</summary>
public sealed class SyncDisposeFixTests : RuleTests<SyncDisposeAnalyzer, SyncDisposeFix>
{
    [Theory]
    [InlineData("using Res q = [|new()|], w = new();", "await using Res q = new(), w = new();")]
    [InlineData("using ([|r|]) { }", "await using (r) { }")]
    [InlineData("using (var f = [|flag ? new Res() : null|]) { }", "await using (var f = flag ? new Res() : null) { }")]
    [InlineData(
        "if (flag) using (var y = [|new Res()|]) Use(y); else Use(1);",
        "if (flag) await using (var y = new Res()) Use(y); else Use(1);")]
    [InlineData(
        "using (var y = [|new Res()|]) using (var z = [|new Res()|]) { Use(y.Value + z.Value); }",
        "await using (var y = new Res()) await using (var z = new Res()) { Use(y.Value + z.Value); }")]
    [InlineData(
        "switch (flag) { case true: using (var x = [|new Res()|]) { break; } "
        + "default: { using var x = [|new Res()|]; break; } }",
        "switch (flag) { case true: await using (var x = new Res()) { break; } "
        + "default: { await using var x = new Res(); break; } }")]
    [InlineData(
        "try { using var x = [|new Res()|]; } catch (IOException) { using var x = [|new Res()|]; }",
        "try { await using var x = new Res(); } catch (IOException) { await using var x = new Res(); }")]
    [InlineData(
        "Func<Task> f = async () => { using var x = [|new Res()|]; await Task.Yield(); }; await f();",
        "Func<Task> f = async () => { await using var x = new Res(); await Task.Yield(); }; await f();")]
    [InlineData("lock (this) { } using ([|Make()|]) Use(1);", "lock (this) { } await using (Make()) Use(1);")]
    [InlineData(
        "// open\n        using (var y = [|new Res()|]) // second\n        {\n            Use(y); // use\n        }",
        "// open\n        await using (var y = new Res()) // second\n        {\n            Use(y); // use\n        }")]
    public Task Awaits_the_disposal(string before, string after) => Fixes(Async(before), Async(after));

    [Theory]
    [InlineData(
        "async Task<int> M() { using var x = [|new Res()|]; return x.Value; }",
        "async Task<int> M() { await using var x = new Res(); return x.Value; }")]
    [InlineData(
        "async IAsyncEnumerable<int> M() { using var x = [|new Res()|]; yield return x.Value; await Task.Yield(); }",
        "async IAsyncEnumerable<int> M() { await using var x = new Res(); yield return x.Value; await Task.Yield(); }")]
    [InlineData(
        "public async ValueTask DisposeAsync() { using var x = [|new Res()|]; await Task.Yield(); }",
        "public async ValueTask DisposeAsync() { await using var x = new Res(); await Task.Yield(); }")]
    [InlineData(
        "static async Task Main() { using var x = [|new Res()|]; await Task.Yield(); }",
        "static async Task Main() { await using var x = new Res(); await Task.Yield(); }")]
    public Task Awaits_it_in_every_async_member(string before, string after) => Fixes(Member(before), Member(after));

    [Fact]
    public Task Awaits_it_in_a_top_level_program() => Fixes(
        "using var x = [|File.Create(\"a\")|];\nawait Task.Yield();",
        "await using var x = File.Create(\"a\");\nawait Task.Yield();",
        code: Code.Program);

    [Theory]
    [InlineData("using /* it */ var x = [|new Res()|];")]
    [InlineData("using\n#if true\n            var x = [|new Res()|];\n#endif")]
    public Task Writes_nothing_that_would_lose_something(string statements) => OffersNoFix(Async(statements));

    [Theory]
    [InlineData("async Task M() { lock (this) { using var y = new Res(); } await Task.Yield(); }")]
    [InlineData("async Task M() { unsafe { using var y = new Res(); } await Task.Yield(); }")]
    [InlineData("void M() { using var y = new Res(); }")]
    [InlineData("async Task M() { Action a = () => { using var y = new Res(); }; a(); await Task.Yield(); }")]
    [InlineData("IEnumerable<int> M() { using var y = new Res(); yield return y.Value; }")]
    [InlineData("int P { get { using var y = new Res(); return y.Value; } }")]
    [InlineData("C() { using var y = new Res(); }")]
    [InlineData("~C() { using var y = new Res(); }")]
    [InlineData("public void Dispose() { using var y = new Res(); }")]
    [InlineData(
        "async Task M(Mutex m) { m.WaitOne(); using (Make()) { } m.ReleaseMutex(); await Task.Yield(); }")]
    public Task Is_silent_where_nothing_can_be_awaited(string member) => Ignores(Member(member));

    private static string Async(string statements) => Member(
        $$"""
        async Task M(bool flag, Res r)
            {
                await Task.Yield();
                {{statements}}
            }
        """);

    private static string Member(string member) =>
        $$"""
        sealed class Res : IDisposable, IAsyncDisposable
        {
            public int Value;
            public void Dispose() => Value = 1;
            public async ValueTask DisposeAsync() { await Task.Yield(); Value = 2; }
        }

        class C
        {
            static Res Make() => new();
            static void Use(object? value) { }
            {{member}}
        }
        """;
}
