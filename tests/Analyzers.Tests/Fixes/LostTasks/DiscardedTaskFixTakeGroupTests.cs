using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.LostTasks;

/// <summary>How a function that discards work takes the task group that all of its callers have.</summary>
public sealed class DiscardedTaskFixTakeGroupTests : RuleTests<DiscardedTaskAnalyzer, DiscardedTaskFix>
{
    private const string Plan = "TakeGroup";

    [Fact]
    public Task Takes_the_group_of_every_caller() =>
        Fixes(
            """
            class C
            {
                void M(TaskGroup tasks) => Notify(1);
                void Notify(int id) { _ = [|SendAsync(id)|]; }
                Task SendAsync(int id) => Task.CompletedTask;
            }
            """,
            """
            class C
            {
                void M(TaskGroup tasks) => Notify(tasks, 1);
                void Notify(TaskGroup group, int id) { group.Spawn(ct => SendAsync(id)); }
                Task SendAsync(int id) => Task.CompletedTask;
            }
            """,
            Plan,
            UsingRuntime,
            isChosen: true);

    [Fact]
    public Task Refuses_where_one_caller_has_none() =>
        OffersNoFix(
            """
            class C
            {
                void M(TaskGroup tasks) => Notify(1);
                void N() => Notify(2);
                void Notify(int id) { _ = [|SendAsync(id)|]; }
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
