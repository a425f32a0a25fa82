using System.Linq;
using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Blocking;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Blocking;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Blocking;

/// <summary>How synchronous code becomes asynchronous, with all of its callers.</summary>
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
}
