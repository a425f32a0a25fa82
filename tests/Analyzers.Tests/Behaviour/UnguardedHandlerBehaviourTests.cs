using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after a handler catches and logs.</summary>
public sealed class UnguardedHandlerBehaviourTests
    : FixBehaviourTests<UnguardedHandlerAnalyzer, UnguardedHandlerFix>
{
    private const string Shop =
        """
        namespace Microsoft.Extensions.Logging
        {
            public interface ILogger { void Write(string text); }

            public static class LoggerExtensions
            {
                public static void LogError(this ILogger logger, Exception e, string text, params object[] args) =>
                    logger.Write("logged " + e.Message);
            }
        }

        namespace Shops
        {
            using Microsoft.Extensions.Logging;

            sealed class ConsoleLogger : ILogger { public void Write(string text) => Console.WriteLine(text); }

            // What an async void method throws comes here.
            sealed class Context : SynchronizationContext
            {
                public override void Post(SendOrPostCallback callback, object state)
                {
                    try
                    {
                        callback(state);
                    }
                    catch (Exception exception)
                    {
                        Console.WriteLine("ends the process: " + exception.Message);
                    }
                }
            }

            class Window
            {
                private readonly ILogger _logger = new ConsoleLogger();

                public event EventHandler Saved;

                public Window() => Saved += OnSaved;

                public void Save() => Saved(this, EventArgs.Empty);

                private async void OnSaved(object sender, EventArgs e)
                {
                    Console.WriteLine("saving");
                    await StoreAsync();
                    Console.WriteLine("saved");
                }

                private async Task StoreAsync()
                {
                    await Task.CompletedTask;
                    if (Program.Fails) throw new InvalidOperationException("disk");
                }
            }
        }

        """;

    [Fact]
    public Task A_handler_that_succeeds_does_the_same() => Keeps(
        Shop + """
        static class Program
        {
            public const bool Fails = false;

            static void Main() => new Shops.Window().Save();
        }
        """,
        "saving",
        "saved");

    [Fact]
    public async Task A_failure_is_logged_and_ends_nothing()
    {
        var (before, after) = await RunAsync(
            Shop + """
            static class Program
            {
                public static bool Fails = true;

                static void Main()
                {
                    SynchronizationContext.SetSynchronizationContext(new Shops.Context());
                    new Shops.Window().Save();
                    Console.WriteLine("goes on");
                }
            }
            """);
        Assert.Equal(["saving", "ends the process: disk", "goes on"], before.Lines);
        Assert.Equal(["saving", "logged disk", "goes on"], after.Lines);
    }
}
