using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Blocking;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Blocking;

/// <summary>The <c>await</c> of a task that was blocked on, in surroundings that a hasty rewrite breaks.</summary>
public sealed class BlockingWaitFixTests : RuleTests<BlockingWaitAnalyzer, BlockingWaitFix>
{
    [Theory]
    [InlineData("Use([|Load().Result|] + [|Load().Result|]);", "Use(await Load() + await Load());")]
    [InlineData("Use([|[|Nested().Result|].Result|]);", "Use(await await Nested());")]
    [InlineData("Use([|(await Nested()).Result|]);", "Use(await await Nested());")]
    [InlineData(
        "Use([|[|box!.Next().Result|].Next().Result|].Value);", "Use((await (await box!.Next()).Next()).Value);")]
    [InlineData("Use([|base.Inherited().Result|]);", "Use(await base.Inherited());")]
    [InlineData(
        "Use([|Load().ContinueWith(t => t.Result + 1).Result|]);",
        "Use(await Load().ContinueWith(t => t.Result + 1));")]
    [InlineData(
        "Use([|Load().ConfigureAwait(true).GetAwaiter().GetResult()|]);", "Use(await Load().ConfigureAwait(true));")]
    public Task Awaits_each_of_several(string before, string after) => Fixes(Async(before), Async(after));

    [Theory]
    [InlineData("cells[0] = [|Load().Result|];", "cells[0] = await Load();")]
    [InlineData("cells[[|Load().Result|]] = 2;", "cells[await Load()] = 2;")]
    [InlineData("cells[[|Load().Result|]]++;", "cells[await Load()]++;")]
    [InlineData("ByRef(ref field, [|Load().Result|]);", "ByRef(ref field, await Load());")]
    [InlineData("ByOut(out var a, [|Load().Result|]); Use(a);", "ByOut(out var a, await Load()); Use(a);")]
    [InlineData("ByIn([|Load().Result|]);", "ByIn(await Load());")]
    [InlineData(
        "Use(new Box { Value = [|Load().Result|], [[|Load().Result|]] = 3 });",
        "Use(new Box { Value = await Load(), [await Load()] = 3 });")]
    [InlineData(
        "var (a, b) = ([|Load().Result|], [|Load().Result|]); Use(a + b);",
        "var (a, b) = (await Load(), await Load()); Use(a + b);")]
    [InlineData("(field, _) = ([|Load().Result|], 1);", "(field, _) = (await Load(), 1);")]
    [InlineData("string? s = null; s ??= [|Text().Result|];", "string? s = null; s ??= await Text();")]
    [InlineData("Use(field = [|Load().Result|]);", "Use(field = await Load());")]
    public Task Awaits_where_it_is_stored(string before, string after) => Fixes(Async(before), Async(after));

    [Theory]
    [InlineData(
        "for (var i = [|Load().Result|]; i < [|Load().Result|];) i++;",
        "for (var i = await Load(); i < await Load();) i++;")]
    [InlineData("do { } while ([|Load().Result|] > 1);", "do { } while (await Load() > 1);")]
    [InlineData("switch ([|Load().Result|]) { case 1: break; }", "switch (await Load()) { case 1: break; }")]
    [InlineData(
        "Use([|Load().Result|] switch { > 0 when [|Load().Result|] > 1 => [|Load().Result|], _ => 0 });",
        "Use((await Load()) switch { > 0 when await Load() > 1 => await Load(), _ => 0 });")]
    [InlineData(
        "using (new MemoryStream([|Load().Result|])) [|Save().Wait()|];",
        "using (new MemoryStream(await Load())) await Save();")]
    [InlineData("throw new Exception([|Text().Result|]);", "throw new Exception(await Text());")]
    [InlineData("goto end; end: [|Save().Wait()|];", "goto end; end: await Save();")]
    [InlineData(
        "try { await Save(); } catch (AggregateException) { [|Save().Wait()|]; } finally { [|Save().Wait()|]; }",
        "try { await Save(); } catch (AggregateException) { await Save(); } finally { await Save(); }")]
    [InlineData(
        "var q = from x in new[] { [|Load().Result|] } select x; Use(q);",
        "var q = from x in new[] { await Load() } select x; Use(q);")]
    [InlineData(
        "unsafe { int* p = stackalloc int[1]; } Use([|Load().Result|]);",
        "unsafe { int* p = stackalloc int[1]; } Use(await Load());")]
    [InlineData("lock (this) { } Use([|Load().Result|]);", "lock (this) { } Use(await Load());")]
    public Task Awaits_in_the_parts_of_a_statement(string before, string after) => Fixes(Async(before), Async(after));

    [Theory]
    [InlineData("Use($\"{[|Load().Result|],5:N2} {{}}\");", "Use($\"{await Load(),5:N2} {{}}\");")]
    [InlineData("Use([|Load().Result|] is 1 or 2);", "Use(await Load() is 1 or 2);")]
    [InlineData("Use([|Text().Result|] as object);", "Use(await Text() as object);")]
    [InlineData("Use((object)[|Load().Result|]);", "Use((object)await Load());")]
    [InlineData("Use(~[|Load().Result|]);", "Use(~await Load());")]
    [InlineData("Use(!string.IsNullOrEmpty([|Text().Result|]));", "Use(!string.IsNullOrEmpty(await Text()));")]
    [InlineData("Use([|Load().Result|]..3);", "Use((await Load())..3);")]
    [InlineData(
        "Use(flag ? [|Load().Result|] : throw new Exception());",
        "Use(flag ? await Load() : throw new Exception());")]
    [InlineData("int n = [|((Task<int>)anything).Result|]; Use(n);", "int n = await ((Task<int>)anything); Use(n);")]
    public Task Binds_as_it_did(string before, string after) => Fixes(Async(before), Async(after));

    [Theory]
    [InlineData(
        "async Task<int> M() => [|Load().Result|] + (await Load() > 1 ? [|Load().Result|] : 0);",
        "async Task<int> M() => await Load() + (await Load() > 1 ? await Load() : 0);")]
    [InlineData(
        "async IAsyncEnumerable<int> M() { try { yield return [|Load().Result|]; } finally { [|Save().Wait()|]; } }",
        "async IAsyncEnumerable<int> M() { try { yield return await Load(); } finally { await Save(); } }")]
    [InlineData(
        "void M() { E += async (s, e) => { [|Save().Wait()|]; await Save(); }; }",
        "void M() { E += async (s, e) => { await Save(); await Save(); }; }")]
    [InlineData(
        "async Task M() { Use(await L(Load())); static async Task<int> L(Task<int> t) => [|t.Result|]; }",
        "async Task M() { Use(await L(Load())); static async Task<int> L(Task<int> t) => await t; }")]
    [InlineData(
        "readonly Func<Task<int>> _f = async () => [|Load().Result|];",
        "readonly Func<Task<int>> _f = async () => await Load();")]
    [InlineData(
        "static readonly Lazy<Task<int>> Kept = new(async () => [|Load().Result|]);",
        "static readonly Lazy<Task<int>> Kept = new(async () => await Load());")]
    [InlineData(
        "public override async Task<int> Inherited() => [|base.Inherited().Result|];",
        "public override async Task<int> Inherited() => await base.Inherited();")]
    [InlineData(
        "async Task IFlush.FlushAsync() { [|Save().Wait()|]; }", "async Task IFlush.FlushAsync() { await Save(); }")]
    [InlineData(
        "public async ValueTask DisposeAsync() { [|Save().Wait()|]; }",
        "public async ValueTask DisposeAsync() { await Save(); }")]
    [InlineData(
        "static async Task<int> Main(string[] args) { [|Save().Wait()|]; return [|Load().Result|]; }",
        "static async Task<int> Main(string[] args) { await Save(); return await Load(); }")]
    public Task Awaits_in_every_async_member(string before, string after) => Fixes(Member(before), Member(after));

    [Fact]
    public Task Awaits_in_the_branch_that_is_compiled() => Fixes(
        Async(
            """

            #if true
                    Use([|Load().Result|]);
            #else
                    Use(Load().Result);
            #endif
            """),
        Async(
            """

            #if true
                    Use(await Load());
            #else
                    Use(Load().Result);
            #endif
            """));

    [Fact]
    public Task Writes_two_waits_of_one_method_apart() => Fixes(
        Async(
            """

                    var first = [|Load().Result|]; // one
                    [|Save().Wait()|]; /* two */
                    Use(first);
            """),
        Async(
            """

                    var first = await Load(); // one
                    await Save(); /* two */
                    Use(first);
            """));

    [Fact]
    public Task Checks_for_null_before_the_else_of_another() => Fixes(
        Async(
            """

                    if (flag)
                        maybe?[|.Wait()|];
                    else
                        Use(1);
            """),
        Async(
            """

                    if (flag)
                    {
                        if (maybe != null)
                        {
                            await maybe;
                        }
                    }
                    else
                        Use(1);
            """));

    [Fact]
    public Task Writes_the_oldest_language() => Fixes(
        """
        using System.Threading.Tasks;
        class C
        {
            async Task<string> M(Task<Task<string>> t, ValueTask<int> v, Task[] all)
            {
                [|Task.WaitAll(all)|];
                return $"{[|[|t.Result|].Result|]} {[|v.Result|]}";
            }
        }
        """,
        """
        using System.Threading.Tasks;
        class C
        {
            async Task<string> M(Task<Task<string>> t, ValueTask<int> v, Task[] all)
            {
                await Task.WhenAll(all);
                return $"{await await t} {await v}";
            }
        }
        """,
        code: Code.CSharp7);

    [Theory]
    [InlineData("Use(box?[|.Next().Result|].Value);")]
    [InlineData("Use([|Load() // first\n            .Result|]);")]
    [InlineData("Use([|Load()\n#if true\n            .Result|]\n#endif\n            );")]
    [InlineData("Use(from x in new[] { 1 } let y = [|Load().Result|] select x + y);")]
    [InlineData("try { await Save(); } catch (Exception) when ([|Load().Result|] == 1) { }")]
    [InlineData("lock (this) { if (flag) { Use([|Load().Result|]); } }")]
    [InlineData("using var m = new Mutex(); m.WaitOne(); Use([|Load().Result|]); m.ReleaseMutex();")]
    [InlineData("try { [|Save().Wait()|]; } catch (AggregateException e) when (e.InnerExceptions.Count == 1) { }")]
    [InlineData("Cell() = [|Load().Result|];")]
    [InlineData("Use(\"\".AsSpan().Slice([|Load().Result|]).Length);")]
    [InlineData("box?.Values.Add(box.Value += [|Load().Result|]);")]
    public Task Writes_nothing_that_would_do_something_else(string statements) => OffersNoFix(Async(statements));

    [Theory]
    [InlineData("Task<int> M() { return Task.FromResult([|Load().Result|]); }")]
    [InlineData("Task M() { Use([|Load().Result|]); return Task.CompletedTask; }")]
    [InlineData("unsafe async Task M() { Use([|Load().Result|]); }")]
    public Task Writes_nothing_where_no_await_may_stand(string member) => OffersNoFix(Member(member));

    [Theory]
    [InlineData("int P => Load().Result;")]
    [InlineData("int P { get => Load().Result; set => Save().Wait(); }")]
    [InlineData("int this[int i] => Load().Result;")]
    [InlineData("public C() { Save().Wait(); }")]
    [InlineData("static C() { Save().Wait(); }")]
    [InlineData("~C() { Save().Wait(); }")]
    [InlineData("public void Dispose() { Save().Wait(); }")]
    [InlineData("public static int operator +(C a, C b) => Load().Result;")]
    [InlineData("public static implicit operator int(C c) => Load().Result;")]
    [InlineData("readonly int _n = Load().Result;")]
    [InlineData("static readonly Lazy<int> Kept = new(() => Load().Result);")]
    [InlineData("event EventHandler Own { add { Save().Wait(); } remove { } }")]
    [InlineData("IEnumerable<int> Each() { yield return Load().Result; }")]
    [InlineData("void M() { E += (s, e) => Save().Wait(); }")]
    [InlineData("async Task M() { Expression<Func<int>> e = () => Load().Result; Use(e); await Save(); }")]
    [InlineData("async Task M() { Use(nameof(Task<int>.Result)); await Save(); }")]
    public Task Is_silent_where_other_rules_speak_or_nobody(string member) => Ignores(Member(member));

    private static string Async(string statements) => Member(
        $$"""
        async Task M(bool flag, int[] cells, Box? box, object anything, Task? maybe)
            {
                await Save();
                {{statements}}
            }
        """);

    private static string Member(string member) =>
        $$"""
        using System.Linq.Expressions;

        interface IFlush { Task FlushAsync(); }

        class Box
        {
            public int Value;
            public List<int> Values = new();
            public int this[int i] { set { } }
            public Task<Box> Next() => Task.FromResult(this);
        }

        class Base
        {
            public virtual Task<int> Inherited() => Task.FromResult(1);
        }

        class C : Base{{(member.Contains("IFlush.") ? ", IFlush" : "")}}
        {
            int field;
            event EventHandler? E;
            static Task Save() => Task.CompletedTask;
            static Task<int> Load() => Task.FromResult(1);
            static Task<string> Text() => Task.FromResult("");
            static Task<Task<int>> Nested() => Task.FromResult(Load());
            static void Use(object? value) { }
            static void ByRef(ref int a, int b) => a = b;
            static void ByOut(out int a, int b) => a = b;
            static void ByIn(in int a) { }
            ref int Cell() => ref field;
            void Raise() => E?.Invoke(this, EventArgs.Empty);
            {{member}}
        }
        """;
}
