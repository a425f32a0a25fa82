using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using ScopedTasks.Analyzers.Operations;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Operations;

public class AsyncPlaceTests
{
    private static readonly IReadOnlyList<MetadataReference> References =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
        .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
        .ToList();

    [Theory]
    [InlineData("async Task M() { [|T()|]; }")]
    [InlineData("async void M() { [|T()|]; }")]
    [InlineData("async Task<int> M() => [|t|].Result;")]
    [InlineData("void M() { Func<Task> f = async () => [|T()|]; }")]
    [InlineData("void M() { Func<Task> f = async delegate { [|T()|]; }; }")]
    [InlineData("void M() { async Task L() { [|T()|]; } }")]
    [InlineData("async IAsyncEnumerable<int> M() { yield return [|t.Result|]; await T(); }")]
    [InlineData("async Task M() { try { } catch { [|T()|]; } finally { } }")]
    [InlineData("async Task M() { try { } finally { [|T()|]; } }")]
    [InlineData("async Task M() { lock ([|o|]) { } }")]
    [InlineData("async Task M() { lock (o) { Func<Task> f = async () => [|T()|]; } }")]
    [InlineData("void M() { object q = from x in a select new Func<Task>(async () => [|T()|]); }")]
    [InlineData("async Task M() { var q = from x in [|All()|] select x; }")]
    [InlineData("async Task M() { var q = from x in a join y in [|All()|] on x equals y select y; }")]
    [InlineData("static string nameof(int x) => \"\"; async Task M() { nameof([|t.Result|]); }")]
    [InlineData("Func<Task> f = async () => [|T()|];")]
    public void Allows_await(string members) => Assert.Equal(AsyncBarrier.None, BarrierIn(members));

    [Fact]
    public void Allows_await_in_top_level_code() =>
        Assert.Equal(AsyncBarrier.None, Barrier("using System.Threading.Tasks; [|Task.Yield()|];"));

    [Theory]
    [InlineData("void M() { [|T()|]; }")]
    [InlineData("Task M() { return [|T()|]; }")]
    [InlineData("Task M() => [|T()|];")]
    [InlineData("async Task M() { Action f = () => [|T()|]; }")]
    [InlineData("async Task M() { Action f = delegate { [|T()|]; }; }")]
    [InlineData("async Task M() { void L() => [|T()|]; }")]
    public void Asks_for_async_where_a_function_could_be_async(string members) =>
        Assert.Equal(AsyncBarrier.NotAsync, BarrierIn(members));

    [Theory]
    [InlineData("public C() { [|T()|]; }")]
    [InlineData("~C() { [|T()|]; }")]
    [InlineData("int P => [|t|].Result;")]
    [InlineData("int P { get { return [|t|].Result; } }")]
    [InlineData("int P { get => [|t|].Result; }")]
    [InlineData("int this[int i] => [|t|].Result;")]
    [InlineData("public static implicit operator int(C c) => [|t|].Result;")]
    public void Refuses_functions_that_can_never_be_async(string members) =>
        Assert.Equal(AsyncBarrier.NeverAsync, BarrierIn(members));

    [Theory]
    [InlineData("async Task M() { lock (o) { [|T()|]; } }", "Lock")]
    [InlineData("async Task M() { lock (o) if (b) [|T()|]; }", "Lock")]
    [InlineData("async Task M() { try { } catch (Exception) when ([|t.Result|] > 1) { } }", "CatchFilter")]
    [InlineData("async Task M() { var s = nameof([|t.Result|]); }", "NameOf")]
    [InlineData("async Task M() { Expression<Func<int>> e = () => [|t.Result|]; }", "ExpressionTree")]
    [InlineData("async Task M() { Expression<Func<Func<int>>> e = () => () => [|t.Result|]; }", "ExpressionTree")]
    [InlineData("async Task M() { var q = from x in a select [|t.Result|]; }", "Query")]
    [InlineData("async Task M() { var q = from x in a where x > [|t.Result|] select x; }", "Query")]
    [InlineData("async Task M() { var q = from x in a from y in [|All()|] select y; }", "Query")]
    [InlineData("async Task M() { var q = from x in a orderby [|t.Result|] select x; }", "Query")]
    [InlineData("async Task M() { var q = from x in a join y in a on [|t.Result|] equals y select y; }", "Query")]
    [InlineData("[Obsolete(nameof(System) + [|\"\"|])] async Task M() { }", "Attribute")]
    [InlineData("int f = [|t.Result|];", "Initializer")]
    [InlineData("int P { get; } = [|t.Result|];", "Initializer")]
    [InlineData("C(int x) { } C() : this([|t.Result|]) { }", "Initializer")]
    [InlineData("async Task M(int x = [|1|]) { }", "Initializer")]
    [InlineData("async Task M() { unsafe { [|T()|]; } }", "Unsafe")]
    [InlineData("unsafe void M() { Func<Task> f = async () => [|T()|]; }", "Unsafe")]
    public void Refuses_a_place_that_cannot_await(string members, string barrier) =>
        Assert.Equal(barrier, BarrierIn(members).ToString());

    [Theory]
    [InlineData("async Task M() { Span<int> s = a; [|T()|]; s[0] = 1; }")]
    [InlineData("async Task M() { Span<int> s = a; while (b) { s[0] = 1; [|T()|]; } }")]
    [InlineData("async Task M() { Span<int> s = a; s[0] = [|t.Result|]; }")]
    [InlineData("async Task M() { ref int r = ref a[0]; [|T()|]; r = 1; }")]
    [InlineData("async Task M() { foreach (var x in a.AsSpan()) { [|T()|]; } }")]
    [InlineData("async Task M() { foreach (ref var x in a.AsSpan()) { [|T()|]; } }")]
    [InlineData("async Task M() { var n = \"\".AsSpan().Slice([|t.Result|]).Length; }")]
    [InlineData("async Task M() { Use(\"\".AsSpan(), [|t.Result|]); }")]
    [InlineData("async Task M() { ByRef(ref Cell(), [|t.Result|]); }")]
    [InlineData("async Task M() { Cell() = [|t.Result|]; }")]
    [InlineData("async Task M() { var s = string.Create(null, $\"{[|t.Result|]}\"); }")]
    [InlineData("async Task M() { var s = new Ref { X = [|t.Result|] }; }")]
    [InlineData("async Task M() { using var r = new Ref(); [|T()|]; }")]
    public void Refuses_what_a_reference_would_have_to_survive(string members) =>
        Assert.Equal(AsyncBarrier.LiveReference, BarrierIn(members));

    [Theory]
    [InlineData("async Task M() { Span<int> s = a; s[0] = 1; [|T()|]; }")]
    [InlineData("async Task M() { while (b) { Span<int> s = a; s[0] = 1; [|T()|]; } }")]
    [InlineData("async Task M() { var x = \"\".AsSpan().Length + [|t.Result|]; }")]
    [InlineData("async Task M() { Use(x: [|t.Result|], s: \"\".AsSpan()); }")]
    [InlineData("async Task M() { ByRef(ref a[0], [|t.Result|]); }")]
    [InlineData("async Task M() { a[0] = [|t.Result|]; }")]
    [InlineData("async Task M() { var s = $\"{[|t.Result|]}\"; }")]
    [InlineData("async Task M() { foreach (var x in a) { [|T()|]; } }")]
    public void Allows_await_where_no_reference_is_alive(string members) =>
        Assert.Equal(AsyncBarrier.None, BarrierIn(members));

    [Theory]
    [InlineData("Monitor.Enter(o); try { [|T()|]; } finally { Monitor.Exit(o); }")]
    [InlineData("bool taken = false; try { Monitor.Enter(o, ref taken); [|T()|]; } finally { Monitor.Exit(o); }")]
    [InlineData("if (Monitor.TryEnter(o)) { [|T()|]; Monitor.Exit(o); }")]
    [InlineData("Monitor.Enter(o); if (b) { Monitor.Exit(o); return; } [|T()|]; Monitor.Exit(o);")]
    [InlineData("if (b) { Monitor.Enter(o); } [|T()|];")]
    [InlineData("Monitor.Enter(o); Monitor.Enter(a); Monitor.Exit(a); [|T()|]; Monitor.Exit(o);")]
    [InlineData("mutex.WaitOne(); [|T()|]; mutex.ReleaseMutex();")]
    [InlineData("rw.EnterReadLock(); [|T()|]; rw.ExitReadLock();")]
    [InlineData("rw.EnterUpgradeableReadLock(); rw.EnterWriteLock(); rw.ExitWriteLock(); [|T()|];")]
    [InlineData("bool taken = false; spin.Enter(ref taken); [|T()|]; spin.Exit();")]
    [InlineData("threadLock.Enter(); [|T()|]; threadLock.Exit();")]
    [InlineData("using (threadLock.EnterScope()) { [|T()|]; }")]
    [InlineData("using (new TransactionScope()) { [|T()|]; }")]
    [InlineData("using var scope = new TransactionScope(TransactionScopeOption.Required); [|T()|];")]
    [InlineData("using (Begin()) { [|T()|]; }")]
    [InlineData("var scope = new TransactionScope(); [|T()|]; scope.Dispose();")]
    public void Refuses_while_a_lock_of_the_thread_is_held(string body) =>
        Assert.Equal(AsyncBarrier.HeldLock, BarrierIn("async Task M() { " + body + " }"));

    [Theory]
    [InlineData("Monitor.Enter(o); try { } finally { Monitor.Exit(o); } [|T()|];")]
    [InlineData("bool b = false; try { Monitor.Enter(o, ref b); } finally { if (b) Monitor.Exit(o); } [|T()|];")]
    [InlineData("if (Monitor.TryEnter(o)) { Monitor.Exit(o); } [|T()|];")]
    [InlineData("mutex.WaitOne(); mutex.ReleaseMutex(); [|T()|];")]
    [InlineData("new ManualResetEvent(true).WaitOne(); [|T()|];")]
    [InlineData("semaphore.Wait(0); [|T()|]; semaphore.Release();")]
    [InlineData("using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled)) { [|T()|]; }")]
    [InlineData("using (new TransactionScope()) { } [|T()|];")]
    [InlineData("using (new TransactionScope()) { Func<Task> f = async () => [|T()|]; }")]
    [InlineData("{ using var scope = new TransactionScope(); } [|T()|];")]
    [InlineData("var scope = new TransactionScope(); scope.Dispose(); [|T()|];")]
    [InlineData("[|T()|]; Monitor.Enter(o);")]
    public void Allows_await_where_no_lock_is_held(string body) =>
        Assert.Equal(AsyncBarrier.None, BarrierIn("async Task M() { " + body + " }"));

    private static AsyncBarrier BarrierIn(string members) => Barrier($$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Linq.Expressions;
        using System.Threading;
        using System.Threading.Tasks;
        using System.Transactions;

        ref struct Ref { public int X; public void Dispose() { } }

        class C
        {
            static readonly Task<int> t = Task.FromResult(1);
            static readonly object o = new();
            static readonly int[] a = [];
            static bool b;
            readonly Mutex mutex = new();
            readonly SemaphoreSlim semaphore = new(1);
            readonly ReaderWriterLockSlim rw = new();
            readonly Lock threadLock = new();
            SpinLock spin;
            static Task T() => Task.CompletedTask;
            static int[] All() => [];
            static ref int Cell() => ref a[0];
            static void ByRef(ref int cell, int x) => cell = x;
            static void Use(ReadOnlySpan<char> s, int x) { }
            static TransactionScope Begin() => new();

            {{members}}
        }
        """);

    private static AsyncBarrier Barrier(string marked)
    {
        var start = marked.IndexOf("[|", StringComparison.Ordinal);
        var source = marked.Remove(start, 2);
        var end = source.IndexOf("|]", StringComparison.Ordinal);
        var tree = CSharpSyntaxTree.ParseText(
            source.Remove(end, 2),
            CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview));
        var compilation = CSharpCompilation.Create("Test", [tree], References);
        var node = tree.GetRoot().FindNode(TextSpan.FromBounds(start, end), getInnermostNodeForTie: true);
        return AsyncPlace.BarrierAt(node, compilation.GetSemanticModel(tree), CancellationToken.None);
    }
}
