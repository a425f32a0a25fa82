using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.LostTasks;

/// <summary>SCOPE111: asynchronous event handlers that let exceptions out.</summary>
public sealed class UnguardedHandlerTests : RuleTests<UnguardedHandlerAnalyzer>
{
    [Fact]
    public Task Reports_a_handler() =>
        Reports(
            Member("async void [|OnSaved|](object sender, EventArgs e) { await SaveAsync(); }"),
            "'OnSaved' handles an event, and a failure of 'SaveAsync' ends the process; catch it in the handler");

    [Fact]
    public Task Says_that_it_throws() =>
        Reports(
            Member("async void [|OnSaved|](object sender, EventArgs e) { await Task.Yield(); throw new Exception(); }"),
            "'OnSaved' handles an event, and its 'throw' ends the process; catch it in the handler");

    [Fact]
    public Task Reports_a_lambda() =>
        Reports(
            Member("C() { Saved += [|async (s, e) => { await this.SaveAsync().ConfigureAwait(false); }|]; }"),
            "'async (..) => ..' handles an event, and a failure of 'SaveAsync' ends the process; "
            + "catch it in the handler");

    [Theory]
    [InlineData("C() { Done += OnDone; } async void [|OnDone|]() => await SaveAsync();")]
    [InlineData("C() { Done += [|async () => await SaveAsync()|]; }")]
    [InlineData("C() { Saved += new EventHandler([|async (s, e) => await SaveAsync()|]); }")]
    [InlineData("C() { EventHandler h = [|async (s, e) => await SaveAsync()|]; Saved += h; }")]
    [InlineData("C() { Done += OnDone; async void [|OnDone|]() => await SaveAsync(); }")]
    [InlineData("protected override async void [|OnShown|]() => await SaveAsync();")]
    [InlineData("void M() => Subscribe([|async (s, e) => await SaveAsync()|]);")]
    [InlineData("ICommand M() => new Command([|async () => await SaveAsync()|]);")]
    [InlineData("ICommand M() => new Command([|Save|]); async void Save() => await SaveAsync();")]
    [InlineData("void M() => SynchronizationContext.Current!.Post([|async _ => await SaveAsync()|], null);")]
    public Task Reports_every_kind_of_handler(string members) => Reports(Member(members));

    [Fact]
    public Task Reports_the_execution_of_a_command() =>
        Reports(
            """
            using System.Windows.Input;
            class Save : ICommand
            {
                public event EventHandler? CanExecuteChanged { add { } remove { } }
                public bool CanExecute(object? parameter) => true;
                public async void [|Execute|](object? parameter) => await Task.Delay(1, default);
            }
            """);

    [Theory]
    [InlineData("try { Before(); } catch (Exception) { } await SaveAsync();")]
    [InlineData("try { await SaveAsync(); } catch (InvalidOperationException) { }")]
    [InlineData("try { await SaveAsync(); } finally { Before(); }")]
    [InlineData("try { await SaveAsync(); } catch (Exception) { throw; }")]
    [InlineData("try { await SaveAsync(); } catch (Exception x) { throw new InvalidOperationException(\"\", x); }")]
    [InlineData("try { await SaveAsync(); } catch (Exception x) when (x.Message.Length > 1) { }")]
    [InlineData("try { await SaveAsync(); } catch (Exception x) when (x is not OperationCanceledException) { }")]
    [InlineData("try { await SaveAsync(); } catch (InvalidOperationException) { await SaveAsync(); }")]
    [InlineData("await SaveAsync(); try { await SaveAsync(); } catch { }")]
    [InlineData("if (sender is null) throw new ArgumentNullException(); try { await SaveAsync(); } catch { }")]
    [InlineData("await foreach (var x in ReadAsync()) { }")]
    [InlineData("await using var stream = new MemoryStream();")]
    [InlineData("await using (new MemoryStream()) { }")]
    [InlineData("await Task.Delay(1, CancellationToken.None);")]
    [InlineData("await RethrowingAsync();")]
    public Task Reports_what_leaves_it(string body) =>
        Reports(Member("async void [|OnSaved|](object? sender, EventArgs e) { " + body + " }"));

    [Theory]
    [InlineData("try { await SaveAsync(); } catch (Exception) { }")]
    [InlineData("try { await SaveAsync(); } catch { }")]
    [InlineData("try { await SaveAsync(); } catch (System.Exception x) { Console.WriteLine(x); }")]
    [InlineData("try { await SaveAsync(); } catch (InvalidOperationException) { } catch (Exception) { }")]
    [InlineData("try { await SaveAsync(); } catch (Exception) { await SaveAsync(); }")]
    [InlineData("try { await SaveAsync(); } catch (Exception) { } finally { await SaveAsync(); }")]
    [InlineData("Before(); try { await SaveAsync(); } catch (Exception) { }")]
    [InlineData("if (sender is null) return; try { await SaveAsync(); } catch (Exception) { }")]
    [InlineData("try { try { await SaveAsync(); } finally { Before(); } } catch (Exception) { }")]
    [InlineData("try { try { await SaveAsync(); } catch { throw; } } catch (Exception) { }")]
    [InlineData("try { await SaveAsync(); } catch (OperationCanceledException) { } "
        + "catch (Exception x) when (x is not OperationCanceledException) { }")]
    [InlineData("await Task.Yield(); try { await SaveAsync(); } catch (Exception) { }")]
    [InlineData("await Task.Delay(100); Before();")]
    [InlineData("await Task.Delay(100).ConfigureAwait(true);")]
    [InlineData("await GuardedAsync();")]
    [InlineData("await this.AlmostGuardedAsync().ConfigureAwait(false);")]
    [InlineData("Func<Task> save = async () => await SaveAsync(); try { await save(); } catch { }")]
    [InlineData("try { Task F() => throw new Exception(); await F(); } catch { }")]
    public Task Ignores_a_guarded_handler(string body) =>
        Ignores(Member("async void OnSaved(object? sender, EventArgs e) { " + body + " }"));

    [Theory]
    [InlineData("async void Save() => await SaveAsync();")]
    [InlineData("C() { Done += Save; Save(); } async void Save() => await SaveAsync();")]
    [InlineData("void OnSaved(object? sender, EventArgs e) => throw new Exception();")]
    [InlineData("async Task OnSaved(object? sender, EventArgs e) => await SaveAsync();")]
    [InlineData("void M() { Action a = async () => await SaveAsync(); }")]
    [InlineData("protected override async void Close() => await SaveAsync();")]
    public Task Ignores_what_is_no_handler(string members) => Ignores(Member(members));

    [Fact]
    public Task Reports_a_handler_of_its_shape_once() =>
        Reports(Member(
            """
            C() { Saved += OnSaved; Saved += new EventHandler(OnSaved); }
            ICommand M() => new Command(() => OnSaved(null!, EventArgs.Empty));
            async void [|OnSaved|](object? sender, EventArgs e) => await SaveAsync();
            """));

    private static string Member(string members) =>
        $$"""
        using System.IO;
        using System.Windows.Input;
        class Command : ICommand
        {
            public Command(Action execute) { }
            public event EventHandler? CanExecuteChanged { add { } remove { } }
            public bool CanExecute(object? parameter) => true;
            public void Execute(object? parameter) { }
        }
        class Page { protected virtual void OnShown() { } protected virtual void Close() { } }
        class C : Page
        {
            event EventHandler? Saved;
            event Action? Done;
            void Raise() { Saved?.Invoke(this, EventArgs.Empty); Done?.Invoke(); }
            void Subscribe(EventHandler handler) => Saved += handler;
            void Before() { }
            Task SaveAsync() => Task.CompletedTask;
            async Task GuardedAsync() { try { await SaveAsync(); } catch (Exception) { } }
            async Task AlmostGuardedAsync() { Before(); try { await SaveAsync(); } catch { Before(); } }
            async Task RethrowingAsync() { try { await SaveAsync(); } catch (Exception) { throw; } }
            async IAsyncEnumerable<int> ReadAsync() { await Task.Yield(); yield return 1; }
            {{members}}
        }
        """;
}
