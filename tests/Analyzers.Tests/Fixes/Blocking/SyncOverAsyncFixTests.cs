using System.Linq;
using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Blocking;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Blocking;

/// <summary>How synchronous code becomes asynchronous, with all of its callers, or stays what it is.</summary>
public sealed class SyncOverAsyncFixTests : RuleTests<SyncOverAsyncAnalyzer, SyncOverAsyncFix>
{
    private const string Plan = "MakeAsync";

    [Fact]
    public Task Makes_the_function_async_and_awaits_its_calls() =>
        Fixes(
            """
            class C
            {
                // loads it
                private int Load(int id) // now
                {
                    return [|GetAsync(id).Result|];
                }

                internal async Task<int> SumAsync() => Load(1) + Load(Load(2)); // both

                internal async Task PrintAsync()
                {
                    // first
                    Console.WriteLine($"{Load(1)} {Load(2).ToString()}");
                    await Task.Yield();
                }

                private static Task<int> GetAsync(int id) => Task.FromResult(id);
            }
            """,
            """
            class C
            {
                // loads it
                private async Task<int> Load(int id) // now
                {
                    return await GetAsync(id);
                }

                internal async Task<int> SumAsync() => await Load(1) + await Load(await Load(2)); // both

                internal async Task PrintAsync()
                {
                    // first
                    Console.WriteLine($"{await Load(1)} {(await Load(2)).ToString()}");
                    await Task.Yield();
                }

                private static Task<int> GetAsync(int id) => Task.FromResult(id);
            }
            """,
            Plan,
            title: "Make 'Load' and its callers async, and await it",
            isChosen: true,
            code: Code.Default with { NewWarnings = ["CS1998"] });

    [Fact]
    public Task Goes_on_through_the_callers() =>
        Fixes(
            """
            class C
            {
                void Save() => [|Work().Wait()|];
                void SaveTwice() { Save(); Save(); }
                bool TrySave(bool really)
                {
                    if (really) SaveTwice();
                    return really;
                }

                async Task M()
                {
                    if (TrySave(true)) await Work();
                }

                Task Work() => Task.CompletedTask;
            }
            """,
            """
            class C
            {
                async Task Save() => await Work();
                async Task SaveTwice() { await Save(); await Save(); }
                async Task<bool> TrySave(bool really)
                {
                    if (really) await SaveTwice();
                    return really;
                }

                async Task M()
                {
                    if (await TrySave(true)) await Work();
                }

                Task Work() => Task.CompletedTask;
            }
            """,
            Plan,
            isChosen: true);

    [Fact]
    public Task Goes_on_in_other_documents() =>
        Fixes(
            "static class Store { internal static int Load() => [|Task.Run(() => 1).Result|]; }",
            "static class Store { internal static async Task<int> Load() => await Task.Run(() => 1); }",
            Plan,
            Code.Default with
            {
                Sources =
                [
                    ("/0/D.cs", "class D { internal static int Twice() => Store.Load() * 2; }"),
                    ("/0/E.cs", "class E { async Task M() { await M(); F(D.Twice()); } int F(int i) => i; }"),
                ],
                FixedSources =
                [
                    ("/0/D.cs", "class D { internal static async Task<int> Twice() => await Store.Load() * 2; }"),
                    ("/0/E.cs", "class E { async Task M() { await M(); F(await D.Twice()); } int F(int i) => i; }"),
                ],
            },
            isChosen: true);

    [Fact]
    public Task Imports_the_namespace_where_another_document_lacks_it() =>
        Fixes(
            """
            using System.Threading.Tasks;

            static class Store
            {
                internal static int Load() => [|Task.Run(() => 1).Result|];

                internal static async Task M() { await Task.Yield(); D.Twice(); }
            }
            """,
            """
            using System.Threading.Tasks;

            static class Store
            {
                internal static async Task<int> Load() => await Task.Run(() => 1);

                internal static async Task M() { await Task.Yield(); await D.Twice(); }
            }
            """,
            Plan,
            Code.CSharp7 with
            {
                Sources =
                [
                    (
                        "/0/D.cs",
                        """
                        using System;

                        class D
                        {
                            internal static void Twice() { Console.WriteLine(Store.Load() * 2); }
                        }
                        """),
                ],
                FixedSources =
                [
                    (
                        "/0/D.cs",
                        """
                        using System;
                        using System.Threading.Tasks;

                        class D
                        {
                            internal static async Task Twice() { Console.WriteLine(await Store.Load() * 2); }
                        }
                        """),
                ],
            },
            isChosen: true);

    [Fact]
    public Task Fixes_two_sites_that_share_a_caller() =>
        Fixes(
            """
            class C
            {
                int A() => [|One().Result|];
                int B() => [|One().Result|] + A();
                async Task<int> M() { await Task.Yield(); return A() + B(); }
                Task<int> One() => Task.FromResult(1);
            }
            """,
            """
            class C
            {
                async Task<int> A() => await One();
                async Task<int> B() => await One() + await A();
                async Task<int> M() { await Task.Yield(); return await A() + await B(); }
                Task<int> One() => Task.FromResult(1);
            }
            """,
            Plan,
            isChosen: true);

    [Fact]
    public Task Awaits_all_that_a_function_blocked_on() =>
        Fixes(
            """
            class C
            {
                string Load(HttpClient client, SemaphoreSlim gate)
                {
                    gate.Wait();
                    Thread.Sleep(1);
                    return [|[|client.GetAsync("").Result|].Content.ReadAsStringAsync().Result|] + [|client.GetStringAsync(Name()).Result|];
                }

                string Name() => [|Task.FromResult("").ContinueWith(_ => "").Result|];
                async Task M(HttpClient client) { await Task.Yield(); Load(client, new SemaphoreSlim(1)); }
            }
            """,
            """
            class C
            {
                async Task<string> Load(HttpClient client, SemaphoreSlim gate)
                {
                    await gate.WaitAsync();
                    await Task.Delay(1);
                    return await (await client.GetAsync("")).Content.ReadAsStringAsync() + await client.GetStringAsync(await Name());
                }

                async Task<string> Name() => await Task.FromResult("").ContinueWith(_ => "");
                async Task M(HttpClient client) { await Task.Yield(); await Load(client, new SemaphoreSlim(1)); }
            }
            """,
            Plan,
            iterations: 2,
            isChosen: true);

    [Theory]
    [InlineData(
        "Task M() { Save(); return Work(); }",
        "async Task M() { await Save(); await Work(); }")]
    [InlineData(
        "Task<int> M() { Save(); return Task.FromResult(1); }",
        "async Task<int> M() { await Save(); return 1; }")]
    [InlineData(
        "ValueTask M() { Save(); return default; }",
        "async ValueTask M() { await Save(); }")]
    [InlineData(
        "public virtual Task M() { Save(); return Work(); }",
        "public virtual async Task M() { await Save(); await Work(); }")]
    [InlineData(
        "Func<Task> M() => () => { Save(); return Work(); };",
        "Func<Task> M() => async () => { await Save(); await Work(); };")]
    [InlineData(
        "async Task M() { await Task.Run(() => Save()); }",
        "async Task M() { await Task.Run(async () => await Save()); }")]
    [InlineData(
        "async Task M() { await Task.Run(() => { Save(); Save(); }); }",
        "async Task M() { await Task.Run(async () => { await Save(); await Save(); }); }")]
    [InlineData(
        "async Task M() { await Work().ConfigureAwait(false); Save(); }",
        "async Task M() { await Work().ConfigureAwait(false); await Save().ConfigureAwait(false); }")]
    [InlineData(
        "async Task M() { Local(); await Work(); void Local() => Save(); }",
        "async Task M() { await Local(); await Work(); async Task Local() => await Save(); }")]
    [InlineData(
        "async Task M() { try { Save(); } catch { Save(); throw; } finally { Save(); } }",
        "async Task M() { try { await Save(); } catch { await Save(); throw; } finally { await Save(); } }")]
    [InlineData(
        "async Task M() { Save(); Console.WriteLine(nameof(Save)); await Work(); }",
        "async Task M() { await Save(); Console.WriteLine(nameof(Save)); await Work(); }")]
    public Task Ends_at_a_border_that_allows_it(string before, string after) =>
        Fixes(
            Class(before, "void Save() => [|Work().Wait()|];"),
            Class(after, "async Task Save() => await Work();"),
            Plan,
            isChosen: true,
            code: Code.Default with { NewWarnings = ["CS1998"] });

    [Fact]
    public Task Leaves_early_where_it_gave_a_task_early() =>
        Fixes(
            """
            class C
            {
                Task M(bool done)
                {
                    if (done)
                        return Work();
                    Save();
                    return Task.CompletedTask; // done
                }

                void Save() => [|Work().Wait()|];
                Task Work() => Task.Delay(1);
            }
            """,
            """
            class C
            {
                async Task M(bool done)
                {
                    if (done)
                    {
                        await Work();
                        return;
                    }
                    await Save();
                    return; // done
                }

                async Task Save() => await Work();
                Task Work() => Task.Delay(1);
            }
            """,
            Plan,
            isChosen: true);

    [Fact]
    public Task Ends_at_Main() =>
        Fixes(
            """
            static class Program
            {
                static int Main(string[] args)
                {
                    Save();
                    return 0;
                }

                static void Save() => [|Task.Delay(1).Wait()|];
            }
            """,
            """
            static class Program
            {
                static async Task<int> Main(string[] args)
                {
                    await Save();
                    return 0;
                }

                static async Task Save() => await Task.Delay(1);
            }
            """,
            Plan,
            Code.Program,
            isChosen: true);

    [Fact]
    public Task Ends_in_a_program_of_statements() =>
        Fixes(
            "Save(); static void Save() => [|Task.Delay(1).Wait()|];",
            "await Save(); static async Task Save() => await Task.Delay(1);",
            Plan,
            Code.Program,
            isChosen: true);

    [Fact]
    public Task Ends_at_a_test() =>
        Fixes(
            """
            public sealed class FactAttribute : Attribute { }
            public class Tests
            {
                [Fact] public void Saves() { [|Task.Delay(1).Wait()|]; }
            }
            """,
            """
            public sealed class FactAttribute : Attribute { }
            public class Tests
            {
                [Fact] public async Task Saves() { await Task.Delay(1); }
            }
            """,
            Plan,
            title: "Make 'Saves' async and await it",
            isChosen: true);

    [Fact]
    public Task Ends_at_what_prepares_tests() =>
        Fixes(
            """
            public sealed class SetUpAttribute : Attribute { }
            public class Tests
            {
                [SetUp] public void Prepare() { Open(); }
                private static void Open() { [|Task.Delay(1).Wait()|]; }
            }
            """,
            """
            public sealed class SetUpAttribute : Attribute { }
            public class Tests
            {
                [SetUp] public async Task Prepare() { await Open(); }
                private static async Task Open() { await Task.Delay(1); }
            }
            """,
            Plan,
            isChosen: true);

    [Fact]
    public Task Changes_public_members_of_a_program() =>
        Fixes(
            """
            public static class Program
            {
                static async Task Main() { new Store().Save(); await Task.Yield(); }
            }

            public class Store { public void Save() { [|Task.Delay(1).Wait()|]; } }
            """,
            """
            public static class Program
            {
                static async Task Main() { await new Store().Save(); await Task.Yield(); }
            }

            public class Store { public async Task Save() { await Task.Delay(1); } }
            """,
            Plan,
            Code.Program,
            isChosen: true);

    [Fact]
    public Task Changes_both_parts_of_a_method() =>
        Fixes(
            """
            partial class C
            {
                private partial void Save() { [|Task.Delay(1).Wait()|]; }
                async Task M() { Save(); await Task.Yield(); }
            }
            """,
            """
            partial class C
            {
                private async partial Task Save() { await Task.Delay(1); }
                async Task M() { await Save(); await Task.Yield(); }
            }
            """,
            Plan,
            Code.Default with
            {
                Sources = [("/0/Part.cs", "partial class C { private partial void Save(); }")],
                FixedSources = [("/0/Part.cs", "partial class C { private partial Task Save(); }")],
            },
            isChosen: true);

    [Fact]
    public Task Leaves_documentation_alone() =>
        Fixes(
            """
            class C
            {
                /// <summary>See <see cref="Save"/>.</summary>
                async Task M() { Save(); await Task.Yield(); }
                void Save() { [|Task.Delay(1).Wait()|]; }
            }
            """,
            """
            class C
            {
                /// <summary>See <see cref="Save"/>.</summary>
                async Task M() { await Save(); await Task.Yield(); }
                async Task Save() { await Task.Delay(1); }
            }
            """,
            Plan,
            isChosen: true);

    [Theory]
    [InlineData("void M() { Save(); }")]
    [InlineData("C(int i) { Save(); } async Task M() { Save(); await Work(); }")]
    [InlineData("int P { get { Save(); return 1; } }")]
    [InlineData("public static C operator +(C a, C b) { a.Save(); return b; }")]
    [InlineData("~C() { Save(); }")]
    [InlineData("public void Dispose() { Save(); }")]
    [InlineData("public override string ToString() { Save(); return \"\"; }")]
    [InlineData("public virtual void M() { Save(); } async Task N() { M(); await Work(); }")]
    [InlineData("IEnumerable<int> M() { Save(); yield return 1; } async Task N() { M(); await Work(); }")]
    [InlineData("void M(ref int i) { Save(); } async Task N() { var i = 1; M(ref i); await Work(); }")]
    [InlineData("void M(out int i) { Save(); i = 1; } async Task N() { M(out var i); await Work(); }")]
    [InlineData("void M(Span<int> s) { Save(); } async Task N() { M(default); await Work(); }")]
    [InlineData("Span<int> M() { Save(); return default; } async Task N() { M(); await Work(); }")]
    [InlineData("Action M() => () => Save();")]
    [InlineData("Action M() => Save;")]
    [InlineData("event Action? E; void M() { E += Save; E?.Invoke(); }")]
    [InlineData("async Task M() { lock (this) { Save(); } await Work(); }")]
    [InlineData("async Task M() { try { await Work(); } catch when (Saved()) { } } "
        + "bool Saved() { Save(); return true; }")]
    [InlineData("async Task M() { var x = from i in new[] { 1 } where Saved() select i; await Work(); } "
        + "bool Saved() { Save(); return true; }")]
    [InlineData("bool _saved = Saved(new C()); static bool Saved(C c) { c.Save(); return true; }")]
    [InlineData("async Task M(C? c) { c?.Save(); await Work(); }")]
    [InlineData("async Task M() { _count += Saved(); await Work(); } int _count; int Saved() { Save(); return 1; }")]
    [InlineData("void M() { Span<int> s = stackalloc int[1]; Save(); s[0] = 1; } "
        + "async Task N() { M(); await Work(); }")]
    [InlineData("[Obsolete] void M() { Save(); } async Task N() { M(); await Work(); }")]
    [InlineData("Task M(C c) { if (c is null) throw new ArgumentNullException(); Save(); return Work(); }")]
    [InlineData("Task M(C c) { ArgumentNullException.ThrowIfNull(c); Save(); return Work(); }")]
    [InlineData("Task? M() { Save(); return null; }")]
    [InlineData("void M() { Save(); Console.WriteLine(Thread.CurrentThread); } async Task N() { M(); await Work(); }")]
    [InlineData("System.Linq.Expressions.Expression<Action> M() => () => Save();")]
    [InlineData("async Task M() { Action<int> a = i => Save(); a(1); await Work(); }")]
    [InlineData("async Task M() { new List<int>().ForEach(i => Save()); await Work(); }")]
    public Task Refuses_where_a_border_does_not_allow_it(string members) =>
        OffersNoFix(Class(members, "void Save() => [|Work().Wait()|];"));

    [Theory]
    [InlineData("public class C { public void Save() { [|Task.Delay(1).Wait()|]; } "
        + "async Task M() { Save(); await Task.Yield(); } }")]
    [InlineData("public class C { protected void Save() { [|Task.Delay(1).Wait()|]; } "
        + "async Task M() { Save(); await Task.Yield(); } }")]
    [InlineData("interface I { void Save(); } class C : I { public void Save() { [|Task.Delay(1).Wait()|]; } "
        + "async Task M() { Save(); await Task.Yield(); } }")]
    [InlineData("interface I { void Save(); } struct C : I { public readonly void Save() { [|Task.Delay(1).Wait()|]; } "
        + "async Task M() { Save(); await Task.Yield(); } }")]
    [InlineData("interface I { void Save() { [|Task.Delay(1).Wait()|]; } "
        + "async Task M() { Save(); await Task.Yield(); } }")]
    [InlineData("struct C { int _i; void Save() { [|Task.Delay(1).Wait()|]; _i++; } "
        + "async Task M() { Save(); await Task.Yield(); } }")]
    [InlineData("partial class C { partial void Save(); partial void Save() { [|Task.Delay(1).Wait()|]; } "
        + "async Task M() { Save(); await Task.Yield(); } }")]
    [InlineData("class C { void Save(Action<string> log) { [|Task.Delay(1).Wait()|]; } "
        + "async Task M() { dynamic d = this; Save(null!); Action<Action<string>> a = Save; await Task.Yield(); } }")]
    public Task Refuses_what_others_may_count_on(string code) => OffersNoFix(code);

    [Fact]
    public Task Refuses_Main_in_old_code() =>
        OffersNoFix(
            """
            using System.Threading.Tasks;
            static class Program
            {
                static void Main() { Save(); }
                static void Save() { [|Task.Delay(1).Wait()|]; }
            }
            """,
            code: Code.Program with
            {
                Language = Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp7,
            });

    [Fact]
    public Task Refuses_where_a_generated_file_calls_it() =>
        OffersNoFix(
            "partial class C { void Save() { [|Task.Delay(1).Wait()|]; } }",
            code: Code.Default with
            {
                Sources =
                [
                    ("/0/C.g.cs", "partial class C { async Task M() { Save(); await Task.Yield(); } }"),
                ],
            });

    [Fact]
    public Task Refuses_a_chain_that_is_too_long()
    {
        var steps = string.Join(" ", Enumerable.Range(0, 60).Select(i => $"void S{i + 1}() => S{i}();"));
        return OffersNoFix(
            $$"""class C { void S0() { [|Task.Delay(1).Wait()|]; } {{steps}} async Task M() { S60(); await Task.Yield(); } }""");
    }

    [Fact]
    public Task Follows_functions_that_call_each_other() =>
        Fixes(
            """
            class C
            {
                int Odd(int n) => n == 0 ? [|Zero().Result|] : Even(n - 1);
                int Even(int n) => n == 0 ? 1 : Odd(n - 1);
                async Task<int> M() { await Task.Yield(); return Odd(3); }
                Task<int> Zero() => Task.FromResult(0);
            }
            """,
            """
            class C
            {
                async Task<int> Odd(int n) => n == 0 ? await Zero() : await Even(n - 1);
                async Task<int> Even(int n) => n == 0 ? 1 : await Odd(n - 1);
                async Task<int> M() { await Task.Yield(); return await Odd(3); }
                Task<int> Zero() => Task.FromResult(0);
            }
            """,
            Plan,
            isChosen: true);

    private static string Class(string members, string save) =>
        $$"""
        class C
        {
            readonly bool _done;
            C() { }
            {{save}}
            {{members}}
            Task Work() => _done ? Task.CompletedTask : Task.Delay(1);
        }
        """;
}
