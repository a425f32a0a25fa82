using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.LostTasks;

/// <summary>SCOPE109: methods and local functions that are <c>async void</c> and need not be.</summary>
public sealed class AsyncVoidTests : RuleTests<AsyncVoidAnalyzer>
{
    private const string Unity = "namespace UnityEngine { public class MonoBehaviour { } }";

    [Fact]
    public Task Reports_a_method() =>
        Reports(
            "class C { async void [|Save|]() => await Task.Yield(); }",
            "'Save' is 'async void': no caller can wait for it, and its failure ends the process; return 'Task'");

    [Fact]
    public Task Suggests_where_everything_is_caught() =>
        Reports(
            """
            class C
            {
                async void {|#0:Save|}() { try { await Task.Delay(1, default); } catch { } }
            }
            """,
            new DiagnosticResult("SCOPE109", DiagnosticSeverity.Info).WithLocation(0)
                .WithMessage("'Save' is 'async void': no caller can wait for it; return 'Task'"));

    [Theory]
    [InlineData("async void [|Save|]() { await Task.Yield(); }")]
    [InlineData("public static async void [|Save|](int id) => await Task.Delay(id);")]
    [InlineData("protected internal virtual async void [|Save|]() => await Task.Yield();")]
    [InlineData("async void [|Save|]<T>(T item) => await Task.Yield();")]
    [InlineData("void M() { Save(); async void [|Save|]() => await Task.Yield(); }")]
    [InlineData("void M() { Action a = () => { Save(); async void [|Save|]() => await Task.Yield(); }; }")]
    [InlineData("int P { get { Save(); return 1; async void [|Save|]() => await Task.Yield(); } }")]
    [InlineData("async void [|Handle|](object sender, int number) => await Task.Yield();")]
    [InlineData("async void [|Handle|](object sender, EventArgs e, int number) => await Task.Yield();")]
    [InlineData("async void [|OnSaved|]() => await Task.Yield();")]
    [InlineData("async void [|Save|]() => await Task.Yield(); void M() { Save(); this.Save(); }")]
    [InlineData("async void [|Save|]() => await Task.Yield(); string M() => nameof(Save);")]
    [InlineData("public async void [|Start|](Task task) { await task; }")]
    [InlineData("static async void [|Watch|](Task task) { Console.WriteLine(); try { await task; } catch { } }")]
    [InlineData("static async void [|Watch|](Task task) { try { await task; } catch (InvalidOperationException) { } }")]
    public Task Reports_it_wherever_it_stands(string members) => Reports(Member(members));

    [Fact]
    public Task Reports_a_local_function_of_a_program() =>
        Reports("Save(); async void [|Save|]() => await Task.Yield();", Code.Program);

    [Fact]
    public Task Reports_a_method_that_nothing_that_compiles_uses() =>
        Reports("class C { async void [|Save|]() { await {|CS0103:Missing|}(); } }");

    [Theory]
    [InlineData("C() { Done += Save; Save(); } async void [|Save|]() => await Task.Yield();")]
    [InlineData("C() { Done += Save; } void M() => this.Save(); async void [|Save|]() => await Task.Yield();")]
    public Task Reports_a_handler_that_is_called_too(string members) => Reports(Member(members));

    [Theory]
    [InlineData("async Task SaveAsync() => await Task.Yield();")]
    [InlineData("async ValueTask SaveAsync() => await Task.Yield();")]
    [InlineData("void Save() { }")]
    [InlineData("Func<Task> save = async () => await Task.Yield();")]
    public Task Ignores_what_returns_something_or_is_not_async(string members) => Ignores(Member(members));

    [Theory]
    [InlineData("async void OnSaved(object sender, EventArgs e) => await Task.Yield();")]
    [InlineData("async void OnSaved(object? sender, SavedEventArgs e) => await Task.Yield();")]
    [InlineData("async void OnSaved(C sender, RoutedEventArgs e) => await Task.Yield();")]
    [InlineData("async void OnTick(object sender, object e) => await Task.Yield();")]
    [InlineData("async void Flyout_Opening(object _, object e) => await Task.Yield();")]
    [InlineData("async void Watcher_Added(C sender, string args) => await Task.Yield();")]
    [InlineData("async void On<T>(object sender, T e) where T : EventArgs => await Task.Yield();")]
    [InlineData("static async void OnChanged(C changed, ChangedEventArgs e) => await Task.Yield();")]
    [InlineData("void M() { Saved += OnSaved; async void OnSaved(object? s, EventArgs e) => await Task.Yield(); }")]
    public Task Ignores_a_handler_by_its_shape(string members) => Ignores(Member(members));

    [Theory]
    [InlineData("C() { Done += OnDone; } async void OnDone() => await Task.Yield();")]
    [InlineData("C() { Done += this.OnDone; Done -= OnDone; } async void OnDone() => await Task.Yield();")]
    [InlineData("C() { Done += new Action(OnDone); } async void OnDone() => await Task.Yield();")]
    [InlineData("C() { Done += (Action)OnDone; } async void OnDone() => await Task.Yield();")]
    [InlineData("C() { Counted += OnCounted; } async void OnCounted(int count) => await Task.Yield();")]
    [InlineData("C() { Done += OnDone; async void OnDone() => await Task.Yield(); }")]
    [InlineData("C() { Done += OnDone; } async void OnDone() => await Task.Yield(); string N => nameof(OnDone);")]
    [InlineData("Action? all; C() { all += OnDone; } async void OnDone() => await Task.Yield();")]
    public Task Ignores_a_handler_by_its_use(string members) => Ignores(Member(members));

    [Fact]
    public Task Ignores_a_handler_that_another_type_subscribes() =>
        Ignores(
            """
            class View { public event Action? Loaded; public View(Model model) { Loaded += model.OnLoaded; } }
            class Model { public async void OnLoaded() => await Task.Yield(); }
            """);

    [Fact]
    public Task Ignores_a_handler_that_another_part_of_the_type_subscribes() =>
        Ignores(
            "partial class C { async void OnDone() => await Task.Yield(); }",
            Code.Default with
            {
                Sources = [("/0/C.Designer.cs", "partial class C { event Action? Done; C() { Done += OnDone; } }")],
            });

    [Theory]
    [InlineData("C() { _ = new Timer(Tick); } async void Tick(object? state) => await Task.Yield();")]
    [InlineData("Action? saved; void M() { saved = Save; } async void Save() => await Task.Yield();")]
    [InlineData("void M(CancellationToken t) => t.Register(Stop); async void Stop() => await Task.Yield();")]
    [InlineData("void M() { Action a = Save; async void Save() => await Task.Yield(); }")]
    public Task Leaves_a_method_that_is_handed_over_to_the_rule_about_delegates(string members) =>
        Ignores(Member(members));

    [Fact]
    public Task Reports_what_only_generated_code_hands_over() =>
        Reports(
            "partial class C { async void [|Save|]() => await Task.Yield(); }",
            Code.Default with
            {
                Sources = [("/0/C.g.cs", "partial class C { Action Make() => Save; }")],
            });

    [Fact]
    public Task Ignores_overrides_and_implementations() =>
        Ignores(
            """
            abstract class Page { protected virtual void OnAppearing() { } public abstract void Close(); }
            interface IJob { void Run(); void Stop(); }
            class Job : Page, IJob, IDisposable
            {
                protected override async void OnAppearing() => await Task.Yield();
                public override async void Close() => await Task.Yield();
                public async void Run() => await Task.Yield();
                async void IJob.Stop() => await Task.Yield();
                public async void Dispose() => await Task.Yield();
            }
            """);

    [Fact]
    public Task Ignores_the_body_of_a_partial_method() =>
        Ignores(
            """
            partial class C { partial void Changed(int id); }
            partial class C { async partial void Changed(int id) => await Task.Delay(id); }
            """);

    [Fact]
    public Task Ignores_messages_of_Unity() =>
        Ignores(
            $$"""
            {{Unity}}
            class Enemy : UnityEngine.MonoBehaviour
            {
                async void Start() => await Task.Yield();
                private async void OnCollisionEnter(int collision) => await Task.Yield();
            }
            """);

    [Fact]
    public Task Reports_what_is_no_message_of_Unity() =>
        Reports(
            $$"""
            {{Unity}}
            class Enemy : UnityEngine.MonoBehaviour { async void [|Attack|]() => await Task.Yield(); }
            class Game { async void [|Start|]() => await Task.Yield(); }
            """);

    [Theory]
    [InlineData("try { await task; } catch (Exception e) { Console.WriteLine(e); }")]
    [InlineData("try { await task.ConfigureAwait(false); } catch { }")]
    [InlineData("try { await task; } catch (OperationCanceledException) { } catch (System.Exception) { }")]
    public Task Ignores_a_guarded_helper_that_forgets_a_task(string body) =>
        Ignores("static class Tasks { public static async void Forget(this Task task) { " + body + " } }");

    [Fact]
    public Task Ignores_what_is_handed_to_a_type_that_is_missing() =>
        Ignores(
            """
            class C
            {
                object M() => new {|CS0246:RelayCommand|}(Save);
                async void Save() => await Task.Yield();
            }
            """);

    [Fact]
    public Task Ignores_what_a_missing_interface_may_ask_for() =>
        Ignores("class Job : {|CS0246:IBackgroundTask|} { public async void Run() => await Task.Yield(); }");

    [Fact]
    public Task Ignores_what_is_marked_as_detached() =>
        Ignores("class C { [ScopedTasks.Detached] async void Save() => await Task.Yield(); }");

    [Fact]
    public Task Ignores_generated_code() =>
        Ignores("// <auto-generated/>\nclass C { async void Save() => await System.Threading.Tasks.Task.Yield(); }");

    private static string Member(string members) =>
        $$"""
        class SavedEventArgs : EventArgs { }
        class ChangedEventArgs { }
        class RoutedEventArgs { }
        class C
        {
            event EventHandler? Saved;
            event Action? Done;
            event Action<int>? Counted;
            void Raise() { Saved?.Invoke(this, EventArgs.Empty); Done?.Invoke(); Counted?.Invoke(1); }
            {{members}}
        }
        """;
}
