using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Blocking;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Blocking;

/// <summary>The twin of a blocking call, in surroundings that a hasty rewrite breaks.</summary>
public sealed class BlockingCallFixTests : RuleTests<BlockingCallAnalyzer, BlockingCallFix>
{
    [Theory]
    [InlineData(
        "async Task<int> M(Stream s) => [|s.Read(_bytes, 0, 1)|];",
        "async Task<int> M(Stream s) => await s.ReadAsync(_bytes, 0, 1);")]
    [InlineData(
        "async void M(Stream s) { [|s.Flush()|]; await Task.Yield(); }",
        "async void M(Stream s) { await s.FlushAsync(); await Task.Yield(); }")]
    [InlineData(
        "Func<Stream, Task> F => async s => [|s.Flush()|];",
        "Func<Stream, Task> F => async s => await s.FlushAsync();")]
    [InlineData(
        "async Task M(Stream s) { if ([|s.Read(_bytes, 0, 1)|] is var n and > 0) Use(n); }",
        "async Task M(Stream s) { if (await s.ReadAsync(_bytes, 0, 1) is var n and > 0) Use(n); }")]
    [InlineData(
        "async Task M(Stream s) { int n; while ((n = [|s.Read(_bytes, 0, 1)|]) > 0) Use(n); }",
        "async Task M(Stream s) { int n; while ((n = await s.ReadAsync(_bytes, 0, 1)) > 0) Use(n); }")]
    [InlineData(
        "async Task M(Stream s) { Use(-[|s.Read(_bytes, 0, 1)|]); }",
        "async Task M(Stream s) { Use(-await s.ReadAsync(_bytes, 0, 1)); }")]
    [InlineData(
        "async Task M(Stream s) { Use($\"{[|s.Read(_bytes, 0, 1)|]} bytes\"); }",
        "async Task M(Stream s) { Use($\"{await s.ReadAsync(_bytes, 0, 1)} bytes\"); }")]
    [InlineData(
        "async Task M(Stream s) { Use([|s.Read(_bytes, 0, 1)|] switch { 0 => 1, _ => 2 }); }",
        "async Task M(Stream s) { Use((await s.ReadAsync(_bytes, 0, 1)) switch { 0 => 1, _ => 2 }); }")]
    [InlineData(
        "async Task M(Stream s) { try { [|s.Flush()|]; } catch (IOException) { [|s.Flush()|]; } }",
        "async Task M(Stream s) { try { await s.FlushAsync(); } catch (IOException) { await s.FlushAsync(); } }")]
    [InlineData(
        "async Task M(Stream s) { using (s) [|s.Flush()|]; }",
        "async Task M(Stream s) { using (s) await s.FlushAsync(); }")]
    [InlineData(
        "async Task M(Stream s) { [|s.CopyTo(/* to */ s /* itself */)|]; }",
        "async Task M(Stream s) { await s.CopyToAsync(/* to */ s /* itself */); }")]
    [InlineData(
        "async IAsyncEnumerable<int> M(Stream s) { yield return [|s.Read(_bytes, 0, 1)|]; await Task.Yield(); }",
        "async IAsyncEnumerable<int> M(Stream s) { yield return await s.ReadAsync(_bytes, 0, 1); "
        + "await Task.Yield(); }")]
    public Task Awaits_the_twin(string before, string after) => Fixes(Member(before), Member(after));

    [Theory]
    [InlineData(
        "async Task M(Stream s, CancellationToken ct) { [|s.Flush()|]; await Task.Delay(1, ct); }",
        "async Task M(Stream s, CancellationToken ct) { await s.FlushAsync(); await Task.Delay(1, ct); }")]
    [InlineData(
        "async Task M(CancellationToken ct) { Use([|File.ReadAllText(\"a\")|]); await Task.Delay(1, ct); }",
        "async Task M(CancellationToken ct) { Use(await File.ReadAllTextAsync(\"a\")); await Task.Delay(1, ct); }")]
    public Task Adds_no_token(string before, string after) => Fixes(Member(before), Member(after));

    [Fact]
    public Task Checks_for_null_before_the_else_of_another() => Fixes(
        Member(
            """
            async Task M(bool flag, Stream? s)
                {
                    if (flag)
                        s?[|.Flush()|];
                    else
                        Use(1);
                }
            """),
        Member(
            """
            async Task M(bool flag, Stream? s)
                {
                    if (flag)
                    {
                        if (s != null)
                        {
                            await s.FlushAsync();
                        }
                    }
                    else
                        Use(1);
                }
            """));

    [Fact]
    public Task Hoists_the_right_side_of_a_compound_assignment() => Fixes(
        Member(
            """
            async Task M(Stream s)
                {
                    _total += [|s.Read(_bytes, 0, 1)|];
                }
            """),
        Member(
            """
            async Task M(Stream s)
                {
                    var result = await s.ReadAsync(_bytes, 0, 1);
                    _total += result;
                }
            """));

    [Fact]
    public Task Writes_old_code() => Fixes(
        """
        class C
        {
            async System.Threading.Tasks.Task M(System.IO.Stream s)
            {
                [|s.Flush()|];
            }
        }
        """,
        """
        class C
        {
            async System.Threading.Tasks.Task M(System.IO.Stream s)
            {
                await s.FlushAsync();
            }
        }
        """,
        code: Code.CSharp7);

    [Theory]
    [InlineData("async Task M(Stream s) { Use(_total += [|s.Read(_bytes, 0, 1)|]); }")]
    [InlineData("async Task M(Stream s) { Use(Thread.CurrentThread); [|s.Flush()|]; }")]
    [InlineData("async Task M(Stream? s) { Use(s?[|.Read(_bytes, 0, 1)|]); }")]
    [InlineData("async Task M(Stream s) { [|s.Read(_bytes, 0,\n#if true\n        1\n#endif\n        )|]; }")]
    public Task Writes_nothing_that_would_do_something_else(string member) => OffersNoFix(Member(member));

    [Theory]
    [InlineData("async Task M(Stream s) { lock (this) { s.Flush(); } await Task.Yield(); }")]
    [InlineData("async Task M(Stream s) { try { await Task.Yield(); } catch when (s.ReadByte() + Get(s) > 0) { } }")]
    [InlineData("async Task M(Stream s) { Use(from b in _bytes select s.Read(_bytes, 0, b)); await Task.Yield(); }")]
    [InlineData("async Task M(Stream s) { Monitor.Enter(this); s.Flush(); Monitor.Exit(this); await Task.Yield(); }")]
    [InlineData("async Task M(Stream s) { int Read() => s.Read(_bytes, 0, 1); Use(Read()); await Task.Yield(); }")]
    [InlineData("int P { get { _file.Flush(); return 1; } } readonly Stream _file = Stream.Null;")]
    [InlineData("~C() { _file.Flush(); } readonly Stream _file = Stream.Null;")]
    [InlineData("static readonly int Read = Stream.Null.Read(new byte[1], 0, 1);")]
    [InlineData("static readonly Lazy<int> Read = new(() => Stream.Null.Read(new byte[1], 0, 1));")]
    [InlineData("static C() { Stream.Null.Flush(); }")]
    [InlineData("public static C operator +(C a, C b) { Stream.Null.Flush(); return a; }")]
    [InlineData("public static implicit operator int(C c) => Stream.Null.Read(new byte[1], 0, 1);")]
    [InlineData("int this[int i] { get => Stream.Null.Read(new byte[i], 0, 1); }")]
    [InlineData("event EventHandler Changed { add { Stream.Null.Flush(); } remove { } }")]
    [InlineData("IEnumerable<int> Each(Stream s) { yield return s.Read(_bytes, 0, 1); }")]
    [InlineData("void M(Stream s, EventHandler e) { e += (_, _) => s.Flush(); Use(e); }")]
    [InlineData("async Task M(Stream s) { unsafe { s.Flush(); } await Task.Yield(); }")]
    [InlineData("void M(ref int n, out int o, Span<byte> b, Stream s) { o = n = s.Read(b); }")]
    [InlineData("public void Dispose() { Stream.Null.Flush(); }")]
    [InlineData("public override string ToString() { Stream.Null.Flush(); return \"\"; }")]
    public Task Is_silent_where_nothing_can_be_awaited(string member) =>
        Ignores(Member(member));

    private static string Member(string member) =>
        $$"""
        using System.IO;

        class C
        {
            readonly byte[] _bytes = new byte[1];
            int _total;
            static void Use(object? value) { }
            int Get(Stream s) => s.Read(_bytes, 0, 1) + _total;
            {{member}}
        }
        """;
}
