using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.LostTasks;

/// <summary>What becomes of an <c>async void</c>: a task, where every call can wait for it.</summary>
public sealed class AsyncVoidFixTests : RuleTests<AsyncVoidAnalyzer, AsyncVoidFix>
{
    private const string Plan = "ReturnTask";

    [Fact]
    public Task Returns_a_task_and_awaits_every_call() =>
        Fixes(
            """
            class C
            {
                public async Task RunAsync(bool again)
                {
                    // first
                    Save(1); // one
                    if (again)
                        this.Save(2);
                    await Task.Yield();
                    Action later = async () => Save(3);
                    later();
                }

                // saves
                private async void [|Save|](int id) // it does
                {
                    if (id == 0) return;
                    await Task.Delay(id);
                }
            }
            """,
            """
            class C
            {
                public async Task RunAsync(bool again)
                {
                    // first
                    await Save(1); // one
                    if (again)
                        await this.Save(2);
                    await Task.Yield();
                    Action later = async () => await Save(3);
                    later();
                }

                // saves
                private async Task Save(int id) // it does
                {
                    if (id == 0) return;
                    await Task.Delay(id);
                }
            }
            """,
            Plan,
            title: "Return 'Task', and await every call",
            isChosen: true);

    [Fact]
    public Task Keeps_the_names_that_nameof_asks_for() =>
        Fixes(
            Class("async Task M() { Save(); await Log(nameof(Save)); } async void [|Save|]() => await Task.Yield();"),
            Class("async Task M() { await Save(); await Log(nameof(Save)); } async Task Save() => await Task.Yield();"),
            Plan,
            isChosen: true);

    [Fact]
    public Task Changes_a_local_function() =>
        Fixes(
            Class("async Task M() { Save(); await Log(\"\"); async void [|Save|]() => await Task.Yield(); }"),
            Class("async Task M() { await Save(); await Log(\"\"); async Task Save() => await Task.Yield(); }"),
            Plan,
            isChosen: true);

    [Fact]
    public Task Changes_a_local_function_of_a_program() =>
        Fixes(
            "Save(); async void [|Save|]() => await Task.Delay(1);",
            "await Save(); async Task Save() => await Task.Delay(1);",
            Plan,
            Code.Program,
            isChosen: true);

    [Fact]
    public Task Changes_an_internal_method_of_a_public_type() =>
        Fixes(
            """
            public class C { internal static async void [|Save|]<T>(T item) => await Task.Yield(); }
            class D { async Task M() { C.Save(1); await Task.Yield(); } }
            """,
            """
            public class C { internal static async Task Save<T>(T item) => await Task.Yield(); }
            class D { async Task M() { await C.Save(1); await Task.Yield(); } }
            """,
            Plan,
            isChosen: true);

    [Fact]
    public Task Changes_an_extension_method() =>
        Fixes(
            """
            static class Extensions { internal static async void [|Save|](this string text) => await Task.Yield(); }
            class D { async Task M() { "a".Save(); await Task.Yield(); } }
            """,
            """
            static class Extensions { internal static async Task Save(this string text) => await Task.Yield(); }
            class D { async Task M() { await "a".Save(); await Task.Yield(); } }
            """,
            Plan,
            isChosen: true);

    [Fact]
    public Task Awaits_in_the_style_of_the_caller() =>
        Fixes(
            Class("async Task M() { Save(); await Log(\"\").ConfigureAwait(false); } "
                + "async void [|Save|]() => await Task.Yield();"),
            Class("async Task M() { await Save().ConfigureAwait(false); await Log(\"\").ConfigureAwait(false); } "
                + "async Task Save() => await Task.Yield();"),
            Plan,
            isChosen: true);

    [Fact]
    public Task Qualifies_the_type_where_its_namespace_is_missing() =>
        Fixes(
            """
            class C
            {
                async System.Threading.Tasks.Task M() { Save(); await System.Threading.Tasks.Task.Yield(); }
                async void [|Save|]() { await System.Threading.Tasks.Task.Yield(); }
            }
            """,
            """
            class C
            {
                async System.Threading.Tasks.Task M() { await Save(); await System.Threading.Tasks.Task.Yield(); }
                async System.Threading.Tasks.Task Save() { await System.Threading.Tasks.Task.Yield(); }
            }
            """,
            Plan,
            Code.CSharp7,
            isChosen: true);

    [Fact]
    public Task Changes_a_test_which_its_framework_calls() =>
        Fixes(
            """
            public sealed class FactAttribute : Attribute { }
            public class Tests { [Fact] public async void [|Saves|]() => await Task.Yield(); }
            """,
            """
            public sealed class FactAttribute : Attribute { }
            public class Tests { [Fact] public async Task Saves() => await Task.Yield(); }
            """,
            Plan,
            title: "Return 'Task'",
            isChosen: true);

    [Theory]
    [InlineData("void M() { Save(); } async void [|Save|]() => await Task.Yield();")]
    [InlineData("C() { Save(); } async void [|Save|]() => await Task.Yield();")]
    [InlineData("int P { get { Save(); return 1; } } async void [|Save|]() => await Task.Yield();")]
    [InlineData("async Task M() { Save(); await Log(\"\"); } void N() => Save(); "
        + "async void [|Save|]() => await Task.Yield();")]
    [InlineData("async Task M() { lock (this) { Save(); } await Log(\"\"); } "
        + "async void [|Save|]() => await Task.Yield();")]
    [InlineData("async Task M() { Action a = () => Save(); a(); await Log(\"\"); } "
        + "async void [|Save|]() => await Task.Yield();")]
    [InlineData("async Task M(C? c) { c?.Save(); await Log(\"\"); } async void [|Save|]() => await Task.Yield();")]
    public Task Refuses_where_a_call_would_be_left_unawaited(string members) => OffersNoFix(Class(members));

    [Theory]
    [InlineData("async void [|Save|]() => await Task.Yield();")]
    [InlineData("async void [|Save|](int count) { await Task.Yield(); Save(count - 1); }")]
    [InlineData("async Task M() { Loop(); await Log(\"\"); } "
        + "async void [|Loop|]() { while (true) { await Task.Delay(1); } }")]
    public Task Refuses_what_nobody_calls_and_what_never_ends(string members) => OffersNoFix(Class(members));

    [Theory]
    [InlineData("C() { Done += Save; } async Task M() { Save(); await Log(\"\"); } "
        + "async void [|Save|]() => await Task.Yield();")]
    [InlineData("C() { Done -= Save; } async Task M() { Save(); await Log(\"\"); } "
        + "async void [|Save|]() => await Task.Yield();")]
    public Task Refuses_where_an_event_has_it(string members) => OffersNoFix(Class(members));

    [Fact]
    public Task Refuses_where_a_delegate_of_another_type_has_it() =>
        OffersNoFix(
            """
            class C
            {
                async Task M() { Save(); await Task.Yield(); }
                internal async void [|Save|]() => await Task.Yield();
            }
            class D { Action M(C c) => c.Save; }
            """);

    [Fact]
    public Task Refuses_library_surface() =>
        OffersNoFix(
            """
            public class C
            {
                public async Task M() { Save(); Load(); await Task.Yield(); }
                public async void [|Save|]() => await Task.Yield();
                protected async void [|Load|]() => await Task.Yield();
            }
            """);

    [Fact]
    public Task Refuses_what_friends_may_call() =>
        OffersNoFix(
            """
            [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Tests")]
            class C
            {
                async Task M() { Save(); await Task.Yield(); }
                internal async void [|Save|]() => await Task.Yield();
            }
            """);

    [Fact]
    public Task Refuses_where_a_derived_type_needs_it_for_an_interface() =>
        OffersNoFix(
            """
            interface IJob { void Save(); }
            class C
            {
                async Task M() { Save(); await Task.Yield(); }
                public async void [|Save|]() => await Task.Yield();
            }
            class Job : C, IJob { }
            """);

    [Fact]
    public Task Refuses_virtual_members() =>
        OffersNoFix(
            """
            class C
            {
                async Task M() { Save(); await Task.Yield(); }
                internal virtual async void [|Save|]() => await Task.Yield();
            }
            class D : C { internal override void Save() { } }
            """);

    [Fact]
    public Task Refuses_parts() =>
        OffersNoFix(
            """
            partial class C
            {
                async Task M() { Save(); await Task.Yield(); }
                [Obsolete] async void [|Save|]() => await Task.Yield();
            }
            """);

    [Fact]
    public Task Awaits_the_calls_of_another_document() =>
        Fixes(
            "class C { internal async void [|Save|]() => await Task.Yield(); }",
            "class C { internal async Task Save() => await Task.Yield(); }",
            Plan,
            Code.Default with
            {
                Sources = [("/0/D.cs", "class D { async Task M(C c) { c.Save(); await Task.Yield(); } }")],
                FixedSources = [("/0/D.cs", "class D { async Task M(C c) { await c.Save(); await Task.Yield(); } }")],
            },
            isChosen: true);

    [Fact]
    public Task Goes_on_through_callers_that_are_not_asynchronous_yet() =>
        Fixes(
            """
            class C
            {
                async void [|Save|]() => await Task.Yield();
                void SaveAll() { Save(); Save(); }
                async Task M() { SaveAll(); await Task.Yield(); }
            }
            """,
            """
            class C
            {
                async Task Save() => await Task.Yield();
                async Task SaveAll() { await Save(); await Save(); }
                async Task M() { await SaveAll(); await Task.Yield(); }
            }
            """,
            Plan,
            isChosen: true);

    [Fact]
    public Task Refuses_where_another_document_hands_it_on() =>
        OffersNoFix(
            "class C { internal async void [|Save|]() => await Task.Yield(); async Task M() { Save(); await M(); } }",
            code: Code.Default with { Sources = [("/0/D.cs", "class D { Action M(C c) => c.Save; }")] });

    [Fact]
    public Task Refuses_members_that_Unity_finds_by_name() =>
        OffersNoFix(
            """
            namespace UnityEngine { public class MonoBehaviour { } }
            class C : UnityEngine.MonoBehaviour
            {
                async Task M() { Save(); await Task.Yield(); }
                async void [|Save|]() => await Task.Yield();
            }
            """);

    private static string Class(string members) =>
        $$"""
        class C
        {
            event Action? Done;
            void Raise() => Done?.Invoke();
            Task Log(string text) => Task.CompletedTask;
            {{members}}
        }
        """;
}
