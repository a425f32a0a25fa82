using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ScopedTasks.Analyzers.Flow.Bounds;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Flow.Bounds;

/// <summary>Which loop evaluates an operation on every iteration, and which loops have no end.</summary>
public class LoopBoundsTests
{
    [Theory]
    [InlineData("while (true) { [|F()|]; }")]
    [InlineData("for (;;) { [|F()|]; }")]
    [InlineData("do { [|F()|]; } while (true);")]
    [InlineData("while (!ct.IsCancellationRequested) { [|F()|]; }")]
    [InlineData("for (; !ct.IsCancellationRequested;) { [|F()|]; }")]
    [InlineData("while (open && !ct.IsCancellationRequested) { [|F()|]; }")]
    [InlineData("await foreach (var x in reader.ReadAllAsync(ct)) { [|F()|]; }")]
    [InlineData("await foreach (var x in reader.ReadAllAsync(ct).ConfigureAwait(false)) { [|F()|]; }")]
    [InlineData("while (await reader.WaitToReadAsync(ct)) { [|F()|]; }")]
    [InlineData("while (await timer.WaitForNextTickAsync(ct)) { [|F()|]; }")]
    [InlineData("while (open) { await listener.AcceptTcpClientAsync(); [|F()|]; }")]
    [InlineData("const bool yes = true; while (yes) { [|F()|]; }")]
    public void Calls_it_endless(string statements) => Assert.True(LoopBounds.IsEndless(Loop(statements)!));

    [Theory]
    [InlineData("foreach (var x in xs) { [|F()|]; }")]
    [InlineData("await foreach (var x in stream) { [|F()|]; }")]
    [InlineData("for (var i = 0; i < xs.Length; i++) { [|F()|]; }")]
    [InlineData("while (queue.Count > 0) { [|F()|]; }")]
    [InlineData("while (open) { [|F()|]; }")]
    [InlineData("while (false) { [|F()|]; }")]
    public void Calls_it_finite(string statements) => Assert.False(LoopBounds.IsEndless(Loop(statements)!));

    [Theory]
    [InlineData("for (var i = 0; i < 9; [|F()|]) { }")]
    [InlineData("while ([|F()|].IsCompleted) { }")]
    [InlineData("if (open) foreach (var x in xs) if (x > 1) { [|F()|]; }")]
    public void Sees_the_loop_around(string statements) => Assert.NotNull(Loop(statements));

    [Theory]
    [InlineData("[|F()|];")]
    [InlineData("for ([|F()|]; ;) { break; }")]
    [InlineData("foreach (var x in Of([|F()|])) { }")]
    [InlineData("foreach (var x in xs) { Action a = () => [|F()|]; }")]
    [InlineData("foreach (var x in xs) { void L() => [|F()|]; }")]
    public void Sees_no_loop(string statements) => Assert.Null(Loop(statements));

    [Fact]
    public void Sees_the_innermost_loop() =>
        Assert.IsAssignableFrom<IForLoopOperation>(Loop("while (true) for (var i = 0; i < 9; i++) { [|F()|]; }"));

    private static ILoopOperation? Loop(string statements)
    {
        var code = Compiled.Of(
            $$"""
            class C
            {
                Task F() => Task.Delay(1);
                int[] Of(Task task) => null;
                async Task M(
                    int[] xs, Queue<int> queue, IAsyncEnumerable<int> stream, ChannelReader<int> reader,
                    PeriodicTimer timer, TcpListener listener, bool open, CancellationToken ct)
                {
                    {{statements}}
                }
            }
            """);
        Assert.Empty(code.Compilation.GetDiagnostics().Where(error => error.Severity == DiagnosticSeverity.Error));
        var call = code.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>()!;
        return LoopBounds.LoopOf(code.Model.GetOperation(call)!);
    }
}
