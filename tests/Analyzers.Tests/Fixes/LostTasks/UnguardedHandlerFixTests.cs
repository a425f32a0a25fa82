using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.LostTasks;

/// <summary>The guard that is put around a handler: what it keeps, and where there is none.</summary>
public sealed class UnguardedHandlerFixTests : RuleTests<UnguardedHandlerAnalyzer, UnguardedHandlerFix>
{
    private const string Logging =
        """
        using Microsoft.Extensions.Logging;
        namespace Microsoft.Extensions.Logging
        {
            public interface ILogger { }
            public interface ILogger<T> : ILogger { }
            public static class LoggerExtensions
            {
                public static void LogError(this ILogger logger, Exception? e, string? text, params object?[] args) { }
            }
        }

        """;

    [Fact]
    public Task Catches_and_logs_what_a_method_throws() =>
        Fixes(
            Logging + """
            class C
            {
                private readonly ILogger<C> _logger = null!;

                // a handler
                private async void [|OnSaved|](object sender, EventArgs e)
                { // saves
                    // at once
                    await SaveAsync(); // now

                    await SaveAsync();
                    // done
                } // end

                private Task SaveAsync() => Task.CompletedTask;
            }
            """,
            Logging + """
            class C
            {
                private readonly ILogger<C> _logger = null!;

                // a handler
                private async void OnSaved(object sender, EventArgs e)
                { // saves
                    try
                    {
                        // at once
                        await SaveAsync(); // now

                        await SaveAsync();
                        // done
                    }
                    catch (Exception exception)
                    {
                        _logger.LogError(exception, "'OnSaved' failed");
                    }
                } // end

                private Task SaveAsync() => Task.CompletedTask;
            }
            """,
            title: "Catch what it throws, and log it");

    [Fact]
    public Task Gives_an_expression_a_body() =>
        Fixes(
            Logging + """
            class C
            {
                protected ILogger Logger { get; } = null!;

                async void [|OnSaved|](object sender, EventArgs e) => await SaveAsync(); // saves

                Task SaveAsync() => Task.CompletedTask;
            }
            """,
            Logging + """
            class C
            {
                protected ILogger Logger { get; } = null!;

                async void OnSaved(object sender, EventArgs e)
                {
                    try
                    {
                        await SaveAsync();
                    }
                    catch (Exception exception)
                    {
                        Logger.LogError(exception, "'OnSaved' failed");
                    }
                } // saves

                Task SaveAsync() => Task.CompletedTask;
            }
            """);

    [Fact]
    public Task Guards_lambdas() =>
        Fixes(
            Logging + """
            class C
            {
                ILogger? _logger;
                event Action? Done;
                event Action<int>? Counted;

                C()
                {
                    Done += [|async () => await SaveAsync()|];
                    this.Counted += [|async count => { await SaveAsync(); }|];
                    _logger = null;
                    Done?.Invoke();
                    Counted?.Invoke(1);
                }

                Task SaveAsync() => Task.CompletedTask;
            }
            """,
            Logging + """
            class C
            {
                ILogger? _logger;
                event Action? Done;
                event Action<int>? Counted;

                C()
                {
                    Done += async () =>
                    {
                        try
                        {
                            await SaveAsync();
                        }
                        catch (Exception exception)
                        {
                            _logger?.LogError(exception, "The handler of 'Done' failed");
                        }
                    };
                    this.Counted += async count =>
                    {
                        try
                        {
                            await SaveAsync();
                        }
                        catch (Exception exception)
                        {
                            _logger?.LogError(exception, "The handler of 'Counted' failed");
                        }
                    };
                    _logger = null;
                    Done?.Invoke();
                    Counted?.Invoke(1);
                }

                Task SaveAsync() => Task.CompletedTask;
            }
            """);

    [Fact]
    public Task Guards_a_local_function_and_finds_another_name() =>
        Fixes(
            Logging + """
            class C
            {
                static readonly ILogger Log = null!;
                event Action? Done;

                void M(Exception exception)
                {
                    Done += OnDone;
                    Done?.Invoke();

                    static async void [|OnDone|]() => await Task.Delay(1, default);
                }
            }
            """,
            Logging + """
            class C
            {
                static readonly ILogger Log = null!;
                event Action? Done;

                void M(Exception exception)
                {
                    Done += OnDone;
                    Done?.Invoke();

                    static async void OnDone()
                    {
                        try
                        {
                            await Task.Delay(1, default);
                        }
                        catch (Exception exception1)
                        {
                            Log.LogError(exception1, "'OnDone' failed");
                        }
                    }
                }
            }
            """);

    [Fact]
    public Task Guards_the_method_that_a_command_executes() =>
        Fixes(
            Logging + """
            class Command : System.Windows.Input.ICommand
            {
                public Command(Action execute) { }
                public event EventHandler? CanExecuteChanged { add { } remove { } }
                public bool CanExecute(object? parameter) => true;
                public void Execute(object? parameter) { }
            }

            class C
            {
                ILogger _logger = null!;

                Command Make() => new([|Save|]);

                async void Save()
                {
                    await Task.Delay(1, default);
                }
            }
            """,
            Logging + """
            class Command : System.Windows.Input.ICommand
            {
                public Command(Action execute) { }
                public event EventHandler? CanExecuteChanged { add { } remove { } }
                public bool CanExecute(object? parameter) => true;
                public void Execute(object? parameter) { }
            }

            class C
            {
                ILogger _logger = null!;

                Command Make() => new(Save);

                async void Save()
                {
                    try
                    {
                        await Task.Delay(1, default);
                    }
                    catch (Exception exception)
                    {
                        _logger.LogError(exception, "'Save' failed");
                    }
                }
            }
            """);

    [Fact]
    public Task Keeps_what_is_compiled_on_a_condition() =>
        Fixes(
            Logging + """
            class C
            {
                ILogger _logger = null!;

                async void [|OnSaved|](object sender, EventArgs e)
                {
            #if DEBUG
                    Console.WriteLine();
            #endif
                    await Task.Delay(1, default);
            #if DEBUG
                    Console.WriteLine();
            #endif
                }
            }
            """,
            Logging + """
            class C
            {
                ILogger _logger = null!;

                async void OnSaved(object sender, EventArgs e)
                {
                    try
                    {
            #if DEBUG
                    Console.WriteLine();
            #endif
                        await Task.Delay(1, default);
            #if DEBUG
                    Console.WriteLine();
            #endif
                    }
                    catch (Exception exception)
                    {
                        _logger.LogError(exception, "'OnSaved' failed");
                    }
                }
            }
            """);

    [Theory]
    [InlineData("async void [|OnSaved|](object s, EventArgs e) => await Task.Delay(1, default);")]
    [InlineData("ILogger _logger = null!; "
        + "static async void [|OnSaved|](object s, EventArgs e) => await Task.Delay(1, default);")]
    [InlineData("async void [|OnSaved|](object s, EventArgs e) { ILogger l = null!; await Task.Delay(1, default); }")]
    [InlineData("ILogger _logger = null!; "
        + "async void [|OnSaved|](object _logger, EventArgs e) => await Task.Delay(1, default);")]
    public Task Refuses_where_no_logger_is_in_reach(string members) =>
        OffersNoFix(Logging + "class C { " + members + " }");

    [Fact]
    public Task Refuses_where_the_extensions_of_the_logger_are_not_imported() =>
        OffersNoFix(
            Logging.Replace("using Microsoft.Extensions.Logging;", "") + """
            class C
            {
                Microsoft.Extensions.Logging.ILogger _logger = null!;
                async void [|OnSaved|](object sender, EventArgs e) => await Task.Delay(1, default);
            }
            """);

    [Theory]
    [InlineData("DispatcherUnhandledException")]
    [InlineData("ThreadException")]
    public Task Refuses_where_one_place_catches_everything(string name) =>
        OffersNoFix(
            Logging + $$"""
            class App
            {
                event EventHandler? {{name}};
                App() { {{name}} += (s, e) => Console.WriteLine(e); {{name}}?.Invoke(this, EventArgs.Empty); }
            }
            class C
            {
                ILogger _logger = null!;
                async void [|OnSaved|](object sender, EventArgs e) => await Task.Delay(1, default);
            }
            """);
}
