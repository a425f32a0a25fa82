using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.LostTasks;

/// <summary>SCOPE110: asynchronous lambdas and methods that become delegates without a result.</summary>
public sealed class AsyncVoidDelegateTests : RuleTests<AsyncVoidDelegateAnalyzer>
{
    [Fact]
    public Task Reports_a_lambda() =>
        Reports(
            Statements("Run([|async () => await Task.Yield()|]);"),
            "'async (..) => ..' becomes 'Action', which returns nothing to wait for: its failure ends the process; "
            + "use a delegate that returns 'Task'");

    [Fact]
    public Task Reports_a_method_group() =>
        Reports(
            Statements("var timer = new Timer([|Tick|]);"),
            "'Tick' becomes 'TimerCallback', which returns nothing to wait for: its failure ends the process; "
            + "await it in a loop over a 'PeriodicTimer'");

    [Fact]
    public Task Reports_the_work_of_a_thread() =>
        Reports(
            Statements("new Thread([|Save|]).Start();"),
            "'Save' becomes 'ThreadStart', which returns nothing to wait for: its failure ends the process; "
            + "start it with 'Task.Run' and keep the task");

    [Theory]
    [InlineData("Run({|#0:async () => { try { await SaveAsync(); } catch { } }|});")]
    [InlineData("Run({|#0:async () => { Run(null!); try { await SaveAsync(); } catch (Exception e) { _ = e; } }|});")]
    [InlineData("Run({|#0:Guarded|});")]
    [InlineData("Run({|#0:async () => await GuardedAsync()|});")]
    public Task Suggests_where_everything_is_caught(string statement) =>
        Reports(Statements(statement), new DiagnosticResult("SCOPE110", DiagnosticSeverity.Info).WithLocation(0));

    [Theory]
    [InlineData("Action save = [|async () => await SaveAsync()|];")]
    [InlineData("Action<int> save = [|async id => await SaveAsync()|];")]
    [InlineData("Action save = [|async delegate { await SaveAsync(); }|];")]
    [InlineData("var save = (Action)([|async () => await SaveAsync()|]);")]
    [InlineData("var save = new Action([|async () => await SaveAsync()|]);")]
    [InlineData("var save = [|async void () => await SaveAsync()|];")]
    [InlineData("Callback = [|async () => await SaveAsync()|];")]
    [InlineData("Callback = DateTime.Now.Hour > 1 ? [|Save|] : null;")]
    [InlineData("Run([|this.Save|]);")]
    [InlineData("_ = new Timer([|async _ => await SaveAsync()|], null, 1000, -1);")]
    [InlineData("new Thread([|async () => await SaveAsync()|]).Start();")]
    [InlineData("ThreadPool.QueueUserWorkItem([|async _ => await SaveAsync()|]);")]
    [InlineData("CancellationToken.None.Register([|async () => await SaveAsync()|]);")]
    [InlineData("var progress = new Progress<int>([|async _ => await SaveAsync()|]);")]
    [InlineData("new Dictionary<int, Action>()[1] = [|async () => await SaveAsync()|];")]
    [InlineData("var all = new Action[] { [|Save|], [|async () => await SaveAsync()|] };")]
    [InlineData("Run([|Local|]); async void Local() => await SaveAsync();")]
    [InlineData("Run(() => Run([|async () => await SaveAsync()|]));")]
    [InlineData("Run([|async () => { try { await SaveAsync(); } catch (IOException) { } }|]);")]
    [InlineData("Run([|async () => { try { await SaveAsync(); } catch { throw; } }|]);")]
    [InlineData("Run([|async () => { try { } catch { } await SaveAsync(); }|]);")]
    [InlineData("Run([|async () => await Task.Delay(1)|]);")]
    public Task Reports_it_wherever_it_is_handed_over(string statements) => Reports(Statements(statements));

    [Theory]
    [InlineData("Run(() => SaveAsync().Wait());")]
    [InlineData("Run(() => { });")]
    [InlineData("Func<Task> save = async () => await SaveAsync();")]
    [InlineData("var save = async () => await SaveAsync();")]
    [InlineData("Task.Run(async () => await SaveAsync());")]
    [InlineData("RunAsync(async () => await SaveAsync());")]
    [InlineData("Func<Task> save = SaveAsync;")]
    [InlineData("Run(() => Save());")]
    [InlineData("Console.WriteLine(nameof(Save));")]
    public Task Ignores_what_returns_a_task_or_is_not_async(string statements) => Ignores(Statements(statements));

    [Theory]
    [InlineData("Saved += async (s, e) => await SaveAsync();")]
    [InlineData("Saved += OnSaved;")]
    [InlineData("Saved -= OnSaved;")]
    [InlineData("Saved += new EventHandler(OnSaved);")]
    [InlineData("Saved += new EventHandler(async (s, e) => await SaveAsync());")]
    [InlineData("Done += async () => await SaveAsync();")]
    [InlineData("Done += Save;")]
    [InlineData("Callback += async () => await SaveAsync();")]
    [InlineData("Console.CancelKeyPress += async (s, e) => await SaveAsync();")]
    [InlineData("EventHandler handler = async (s, e) => await SaveAsync(); Saved += handler;")]
    [InlineData("Subscribe(async (s, e) => await SaveAsync());")]
    public Task Ignores_event_handlers(string statements) => Ignores(Statements(statements));

    [Theory]
    [InlineData("_ = new Command(async () => await SaveAsync());")]
    [InlineData("_ = new Command(Save);")]
    [InlineData("ICommand command = new Command(new Action(Save));")]
    public Task Ignores_what_a_command_executes(string statements) => Ignores(Statements(statements));

    [Theory]
    [InlineData("SynchronizationContext.Current!.Post(async _ => await SaveAsync(), null);")]
    [InlineData("new OwnContext().Post(Tick, null);")]
    public Task Ignores_what_is_posted(string statements) => Ignores(Statements(statements));

    [Fact]
    public Task Ignores_what_the_dispatcher_of_an_interface_runs() =>
        Ignores(
            """
            namespace System.Windows.Threading
            {
                public class Dispatcher { public object BeginInvoke(Delegate method, params object[] args) => args; }
            }
            class View
            {
                void M(System.Windows.Threading.Dispatcher dispatcher)
                {
                    dispatcher.BeginInvoke(new Action(async () => await Task.Yield()));
                    dispatcher.BeginInvoke((Action)(async () => await Task.Yield()));
                }
            }
            """);

    [Theory]
    [InlineData("new List<int>().ForEach(async id => await SaveAsync());")]
    [InlineData("Parallel.ForEach(new[] { 1 }, async id => await SaveAsync());")]
    [InlineData("Parallel.Invoke(Save, Save);")]
    [InlineData("foreach (var id in new List<int>()) ThreadPool.QueueUserWorkItem(async _ => await SaveAsync());")]
    [InlineData("foreach (var id in new List<int>()) new Thread(Save).Start();")]
    public Task Leaves_loops_to_their_own_rules(string statements) => Ignores(Statements(statements));

    [Fact]
    public Task Ignores_assertions_and_detached_parameters() =>
        Ignores(
            """
            namespace Xunit { public static class Assert { public static void Throws(Action code) { } } }
            class C
            {
                void M()
                {
                    Xunit.Assert.Throws(async () => await Task.Yield());
                    Fire(async () => await Task.Yield());
                }
                void Fire([ScopedTasks.Detached] Action work) => work();
            }
            """);

    [Fact]
    public Task Ignores_what_does_not_compile() =>
        Ignores("class C { void M() { {|CS0103:Missing|}(async () => await Task.Yield()); } }");

    private static string Statements(string statements) =>
        $$"""
        using System.IO;
        using System.Windows.Input;
        class OwnContext : SynchronizationContext { }
        class Command : ICommand
        {
            public Command(Action execute) { }
            public event EventHandler? CanExecuteChanged { add { } remove { } }
            public bool CanExecute(object? parameter) => true;
            public void Execute(object? parameter) { }
        }
        class C
        {
            event EventHandler? Saved;
            event Action? Done;
            Action? Callback;
            void Raise() { Saved?.Invoke(this, EventArgs.Empty); Done?.Invoke(); Callback?.Invoke(); }
            void Run(Action action) => action();
            Task RunAsync(Func<Task> action) => action();
            void RunAsync(Action action) => action();
            void Subscribe(EventHandler handler) => Saved += handler;
            Task SaveAsync() => Task.CompletedTask;
            async void Save() => await SaveAsync();
            async void Tick(object? state) => await SaveAsync();
            async void OnSaved(object? sender, EventArgs e) => await SaveAsync();
            async void Guarded() { try { await SaveAsync(); } catch { } }
            async Task GuardedAsync() { if (Done is null) return; try { await SaveAsync(); } catch { } }
            void M()
            {
                {{statements}}
            }
        }
        """;
}
