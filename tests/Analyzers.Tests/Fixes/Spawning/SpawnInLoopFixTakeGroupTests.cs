using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Spawning;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Spawning;

/// <summary>How a function that starts work in a loop takes the task group that all of its callers have.</summary>
public sealed class SpawnInLoopFixTakeGroupTests : RuleTests<SpawnInLoopAnalyzer, SpawnInLoopFix>
{
    private const string Plan = "TakeGroup";

    [Fact]
    public Task Takes_the_group_of_every_caller() =>
        Fixes(
            """
            class C
            {
                void M(TaskGroup tasks, int[] ids) => Notify(ids);

                void Notify(int[] ids)
                {
                    foreach (var id in ids)
                    {
                        [|SendAsync(id)|];
                    }
                }

                Task SendAsync(int id) => Task.CompletedTask;
            }
            """,
            """
            class C
            {
                void M(TaskGroup tasks, int[] ids) => Notify(tasks, ids);

                void Notify(TaskGroup group, int[] ids)
                {
                    foreach (var id in ids)
                    {
                        group.Spawn(ct => SendAsync(id));
                    }
                }

                Task SendAsync(int id) => Task.CompletedTask;
            }
            """,
            Plan,
            UsingRuntime,
            isChosen: true);

    [Fact]
    public Task Refuses_an_endless_source() =>
        OffersNoFix(
            """
            class C
            {
                void M(TaskGroup tasks) => Notify();

                void Notify()
                {
                    while (true)
                    {
                        [|SendAsync(1)|];
                    }
                }

                Task SendAsync(int id) => Task.CompletedTask;
            }
            """,
            Plan,
            UsingRuntime);

    private static Code UsingRuntime { get; } = Code.Default with
    {
        Sources = [("/0/Usings.cs", "global using ScopedTasks;")],
    };
}
