using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.LostTasks;

/// <summary>How a dropped task is awaited in a function that was not asynchronous.</summary>
public sealed class DroppedTaskFixMakeAsyncTests : RuleTests<DroppedTaskAnalyzer, DroppedTaskFix>
{
    private const string Plan = "MakeAsync";

    [Fact]
    public Task Awaits_it_and_every_caller() =>
        Fixes(
            """
            class C
            {
                // saves
                void Save(IStore store)
                {
                    // at once
                    [|store.SaveAsync(1)|]; // now
                }

                async Task M(IStore store)
                {
                    Save(store);
                    await store.SaveAsync(2);
                }
            }

            interface IStore { Task SaveAsync(int id); }
            """,
            """
            class C
            {
                // saves
                async Task Save(IStore store)
                {
                    // at once
                    await store.SaveAsync(1); // now
                }

                async Task M(IStore store)
                {
                    await Save(store);
                    await store.SaveAsync(2);
                }
            }

            interface IStore { Task SaveAsync(int id); }
            """,
            Plan,
            title: "Make 'Save' and its callers async, and await it",
            isChosen: true);

    [Theory]
    [InlineData(
        "Task Save(IStore store) { [|store.SaveAsync(1)|]; return store.SaveAsync(2); }",
        "async Task Save(IStore store) { await store.SaveAsync(1); await store.SaveAsync(2); }")]
    [InlineData(
        "Task<int> Save(IStore store) { [|store.SaveAsync(1)|].ConfigureAwait(false); return Task.FromResult(1); }",
        "async Task<int> Save(IStore store) { await store.SaveAsync(1).ConfigureAwait(false); return 1; }")]
    public Task Ends_at_once_where_the_function_returns_a_task(string before, string after) =>
        Fixes(Class(before), Class(after), Plan, isChosen: true, title: "Make 'Save' async and await it");

    [Fact]
    public Task Keeps_a_directive_before_what_it_returned() =>
        Fixes(
            """
            class C
            {
                Task Save(IStore store)
                {
            #pragma warning disable CS0618
                    [|store.SaveAsync(1)|];
            #pragma warning restore CS0618
                    return Task.CompletedTask;
                }
            }

            interface IStore { Task SaveAsync(int id); }
            """,
            """
            class C
            {
                async Task Save(IStore store)
                {
            #pragma warning disable CS0618
                    await store.SaveAsync(1);
            #pragma warning restore CS0618
                    return;
                }
            }

            interface IStore { Task SaveAsync(int id); }
            """,
            Plan,
            isChosen: true);

    [Fact]
    public Task Awaits_it_only_where_it_is_there() =>
        Fixes(
            """
            class C
            {
                Task Save(IStore? store)
                {
                    [|store?.SaveAsync(1)|];
                    return Task.CompletedTask;
                }
            }

            interface IStore { Task SaveAsync(int id); }
            """,
            """
            class C
            {
                async Task Save(IStore? store)
                {
                    if (store != null)
                    {
                        await store.SaveAsync(1);
                    }
                }
            }

            interface IStore { Task SaveAsync(int id); }
            """,
            Plan,
            isChosen: true);

    [Theory]
    [InlineData("void Save(IStore store) { [|store.SaveAsync(1)|]; }")]
    [InlineData("C(IStore store) { [|store.SaveAsync(1)|]; }")]
    [InlineData("void Save(IStore store) { [|Loop()|]; } async Task M(IStore store) { Save(store); await Loop(); } "
        + "static async Task Loop() { while (true) await Task.Delay(1); }")]
    [InlineData("Action Save(IStore store) => () => [|store.SaveAsync(1)|];")]
    [InlineData("void Save(IStore store) { lock (this) { [|store.SaveAsync(1)|]; } } "
        + "async Task M(IStore store) { Save(store); await store.SaveAsync(1); }")]
    public Task Refuses_what_cannot_wait(string members) => OffersNoFix(Class(members), Plan);

    private static string Class(string members) =>
        $$"""
        class C
        {
            {{members}}
        }

        interface IStore { Task SaveAsync(int id); }
        """;
}
