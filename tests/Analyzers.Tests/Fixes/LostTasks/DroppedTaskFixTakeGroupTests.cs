using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.LostTasks;

/// <summary>How a function takes the task group that all of its callers have.</summary>
public sealed class DroppedTaskFixTakeGroupTests : RuleTests<DroppedTaskAnalyzer, DroppedTaskFix>
{
    private const string Plan = "TakeGroup";

    [Fact]
    public Task Takes_the_group_of_every_caller() =>
        Fixes(
            """
            class C
            {
                Task M(CancellationToken token) => TaskGroup.RunAsync(async group =>
                {
                    Notify(1);
                    this.Notify(id: 2);
                    await Task.Yield();
                }, token);

                void N(TaskGroup all) => Notify(3);

                /// <summary>Tells.</summary>
                /// <param name="id">Whom.</param>
                private void Notify(int id)
                {
                    [|SendAsync(id)|];
                    if (id > 1)
                    {
                        Notify(id - 1);
                    }
                }

                Task SendAsync(int id) => Task.CompletedTask;
            }
            """,
            """
            class C
            {
                Task M(CancellationToken token) => TaskGroup.RunAsync(async group =>
                {
                    Notify(group, 1);
                    this.Notify(group, id: 2);
                    await Task.Yield();
                }, token);

                void N(TaskGroup all) => Notify(all, 3);

                /// <summary>Tells.</summary>
                /// <param name="group">The task group that the work runs in.</param>
                /// <param name="id">Whom.</param>
                private void Notify(TaskGroup group, int id)
                {
                    group.Spawn(ct => SendAsync(id));
                    if (id > 1)
                    {
                        Notify(group, id - 1);
                    }
                }

                Task SendAsync(int id) => Task.CompletedTask;
            }
            """,
            Plan,
            UsingRuntime,
            title: "Take a task group in 'Notify' and spawn it there",
            isChosen: true);

    [Fact]
    public Task Takes_it_after_this_and_from_other_documents() =>
        Fixes(
            """
            using ScopedTasks;

            static class Extensions
            {
                /// <param name="text">What.</param>
                /// <param name="id">Whom.</param>
                internal static void Notify(this string text, int id) => [|SendAsync(text)|];

                static void M(TaskGroup group) => Notify("a", 1);

                static Task SendAsync(string text) => Task.CompletedTask;
            }
            """,
            """
            using ScopedTasks;

            static class Extensions
            {
                /// <param name="text">What.</param>
                /// <param name="group">The task group that the work runs in.</param>
                /// <param name="id">Whom.</param>
                internal static void Notify(this string text, TaskGroup group, int id) => group.Spawn(ct => SendAsync(text));

                static void M(TaskGroup group) => Notify("a", group, 1);

                static Task SendAsync(string text) => Task.CompletedTask;
            }
            """,
            Plan,
            Code.Default with
            {
                Sources = [("/0/D.cs", "class D { void M(ScopedTasks.TaskGroup tasks) { \"b\".Notify(2); } }")],
                FixedSources =
                    [("/0/D.cs", "class D { void M(ScopedTasks.TaskGroup tasks) { \"b\".Notify(tasks, 2); } }")],
            },
            isChosen: true);

    [Fact]
    public Task Finds_a_free_name() =>
        Fixes(
            """
            class C
            {
                void M(TaskGroup tasks) => Notify(1);
                void Notify(int group) => [|SendAsync(group)|];
                Task SendAsync(int id) => Task.CompletedTask;
            }
            """,
            """
            class C
            {
                void M(TaskGroup tasks) => Notify(tasks, 1);
                void Notify(TaskGroup group1, int group) => group1.Spawn(ct => SendAsync(group));
                Task SendAsync(int id) => Task.CompletedTask;
            }
            """,
            Plan,
            UsingRuntime,
            isChosen: true);

    [Theory]
    [InlineData("void Notify() => [|SendAsync()|];")]
    [InlineData("void Notify() => [|SendAsync()|]; void M(TaskGroup group) => Notify(); void N() => Notify();")]
    [InlineData("void Notify() => [|SendAsync()|]; Action M(TaskGroup group) => Notify;")]
    [InlineData("void Notify() => [|SendAsync()|]; void M(TaskGroup group) { E += Notify; E(); } event Action E;")]
    [InlineData("public virtual void Notify() => [|SendAsync()|]; void M(TaskGroup group) => Notify();")]
    [InlineData("public override void Base() => [|SendAsync()|]; void M(TaskGroup group) => Base();")]
    [InlineData("public void Contract() => [|SendAsync()|]; void M(TaskGroup group) => Contract();")]
    [InlineData("[Obsolete] void Notify() => [|SendAsync()|]; [Obsolete] void M(TaskGroup group) => Notify();")]
    [InlineData("void Notify() => [|Loop()|]; async Task Loop() { while (true) await Task.Delay(1); } "
        + "void M(TaskGroup group) => Notify();")]
    [InlineData("Action Notify() => () => [|SendAsync()|]; void M(TaskGroup group) => Notify()();")]
    [InlineData("void Notify() { using var s = new MemoryStream(); [|s.WriteAsync(new byte[1], 0, 1)|]; } "
        + "void M(TaskGroup group) => Notify();")]
    public Task Refuses_where_a_caller_has_none_or_the_signature_is_not_its_own(string members) =>
        OffersNoFix(
            $$"""
            interface I { void Contract(); }
            abstract class B { public abstract void Base(); }
            class C : {{(members.Contains("Base") ? "B" : "I")}}
            {
                {{members}}
                {{(members.Contains("Contract") || members.Contains("Base") ? "" : "void I.Contract() { }")}}
                async Task SendAsync() => await Task.Delay(1);
            }
            """,
            Plan,
            UsingRuntime with { Nullable = Microsoft.CodeAnalysis.NullableContextOptions.Disable });

    [Fact]
    public Task Refuses_library_surface() =>
        OffersNoFix(
            """
            public class C
            {
                public void Notify() => [|SendAsync()|];
                void M(TaskGroup group) => Notify();
                Task SendAsync() => Task.Delay(1);
            }
            """,
            Plan,
            UsingRuntime);

    private static Code UsingRuntime { get; } = Code.Default with
    {
        Sources = [("/0/Usings.cs", "global using ScopedTasks;")],
    };
}
