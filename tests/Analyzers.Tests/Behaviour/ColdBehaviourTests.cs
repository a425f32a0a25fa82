using System;
using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Cancellation;
using ScopedTasks.Analyzers.Rules.Cold;
using ScopedTasks.CodeFixes.Fixes.Cancellation;
using ScopedTasks.CodeFixes.Fixes.Cold;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do whose work never ran, or ran twice: it runs once, and fails as it would.</summary>
public sealed class ColdBehaviourTests : BehaviourTests
{
    private const string Read =
        """
        static async IAsyncEnumerable<int> ReadAsync()
        {
            try
            {
                Console.WriteLine("one");
                yield return 1;
                await Task.Yield();
                if (Environment.ProcessorCount > 0) throw new FormatException("bad row");
            }
            finally { Console.WriteLine("closed"); }
        }
        """;

    [Fact]
    public async Task A_stream_runs_until_it_fails()
    {
        var (before, after) = await RunAsync<UnenumeratedStreamAnalyzer, UnenumeratedStreamFix>(
            "Enumerate it", Program("var rows = ReadAsync();", methods: Read));

        Assert.Null(before.Failure);
        Assert.Empty(before.Lines);
        Assert.IsType<FormatException>(after.Failure);
        Assert.Equal(["one", "closed"], after.Lines);
    }

    [Fact]
    public async Task A_stream_behind_a_check_runs_where_there_is_one()
    {
        var (before, after) = await RunAsync<UnenumeratedStreamAnalyzer, UnenumeratedStreamFix>(
            "Enumerate it",
            Program(
                """
                foreach (var read in new Func<IAsyncEnumerable<int>>[] { CountAsync, null })
                    if (read != null || DateTime.Today.Year > 1) read?.Invoke();
                    else Console.WriteLine("none");
                """,
                methods: "static async IAsyncEnumerable<int> CountAsync() "
                    + "{ await Task.Yield(); Console.WriteLine(\"counted\"); yield return 1; }"));

        Assert.Empty(before.Lines);
        Assert.Equal(["counted"], after.Lines);
    }

    [Fact]
    public async Task Work_is_not_started_again_to_look_at_its_failure()
    {
        var (before, after) = await RunAsync<ReenumeratedTasksAnalyzer, ReenumeratedTasksFix>(
            "Make a list",
            Program(
                """
                var sending = new List<int> { 1, 2 }.Select(SendAsync);
                try { await Task.WhenAll(sending); }
                catch (FormatException)
                {
                    foreach (var task in sending) Console.WriteLine(task.Exception?.InnerException?.Message ?? "fine");
                }
                """,
                methods: """
                static Task SendAsync(int id)
                {
                    Console.WriteLine("send " + id);
                    return id == 1 ? Task.CompletedTask : Task.FromException(new FormatException("refused"));
                }
                """));

        Assert.Equal(["send 1", "send 2", "send 1", "fine", "send 2", "refused"], before.Lines);
        Assert.Equal(["send 1", "send 2", "fine", "refused"], after.Lines);
    }

    [Fact]
    public async Task A_task_that_nobody_started_runs_and_fails()
    {
        var (before, after) = await RunAsync<UnstartedTaskAnalyzer, UnstartedTaskFix>(
            "Run it",
            Program("new Task(() => { Console.WriteLine(\"ran\"); throw new FormatException(); });"));

        Assert.Empty(before.Lines);
        Assert.Null(before.Failure);
        Assert.Equal(["ran"], after.Lines);
        Assert.IsType<FormatException>(after.Failure);
    }

    [Fact]
    public Task A_failed_value_task_may_be_awaited_again() => KeepsAsync<ReusedAwaitableAnalyzer, ReusedAwaitableFix>(
        "Keep its",
        Program(
            """
            var counting = CountAsync();
            try { await counting; }
            catch (FormatException)
            {
                try { await counting; }
                catch (FormatException failure) { Console.WriteLine(failure.Message); }
            }
            """,
            methods: "static ValueTask<int> CountAsync() "
                + "=> new ValueTask<int>(Task.FromException<int>(new FormatException(\"again\")));"),
        "again");

    [Fact]
    public async Task Who_is_there_is_still_awaited_and_fails_as_before()
    {
        var (before, after) = await RunAsync<NullTaskAnalyzer, NullTaskFix>(
            "Give a task",
            Program(
                """
                await SaveAsync(null);
                Console.WriteLine("nothing to save");
                await SaveAsync(() => Work.FailAsync("broken"));
                """,
                methods: "static Task SaveAsync(Func<Task>? save) => save?.Invoke();"));

        Assert.IsType<NullReferenceException>(before.Failure);
        Assert.Equal("broken", Assert.IsType<InvalidOperationException>(after.Failure).Message);
        Assert.Equal(["nothing to save"], after.Lines);
    }

    [Fact]
    public async Task A_result_that_nobody_wants_is_awaited_where_there_is_one()
    {
        var (before, after) = await RunAsync<NullConditionalAwaitAnalyzer, NullConditionalAwaitFix>(
            "Await it where",
            Program(
                """
                foreach (var counter in new[] { null, new Counter() })
                {
                    if (Environment.ProcessorCount > 0) await counter?.CountAsync();
                    else Console.WriteLine("closed");
                }
                """,
                """
                class Counter
                {
                    public async Task<int> CountAsync()
                    {
                        await Task.Yield();
                        Console.WriteLine("counted");
                        throw new FormatException();
                    }
                }
                """));

        Assert.IsType<NullReferenceException>(before.Failure);
        Assert.IsType<FormatException>(after.Failure);
        Assert.Equal(["counted"], after.Lines);
    }

    [Fact]
    public async Task A_failing_enumerator_is_disposed_of_and_its_failure_comes_out()
    {
        var (before, after) = await RunAsync<UndisposedEnumeratorAnalyzer, UndisposedEnumeratorFix>(
            "Dispose it",
            Program(
                """
                var rows = ReadAsync().GetAsyncEnumerator();
                await rows.MoveNextAsync();
                await Task.FromException(new ArithmeticException());
                """,
                methods: Read));

        Assert.IsType<ArithmeticException>(before.Failure);
        Assert.IsType<ArithmeticException>(after.Failure);
        Assert.Equal(["one"], before.Lines);
        Assert.Equal(["one", "closed"], after.Lines);
    }

    [Fact]
    public Task Other_failures_are_caught_as_before() =>
        KeepsAsync<SwallowedCancellationAnalyzer, SwallowedCancellationFix>(
            "Rethrow it",
            Program(
                """
                await WorkAsync(CancellationToken.None);
                """,
                methods: """
                static async Task WorkAsync(CancellationToken token)
                {
                    for (var round = 0; round < 2; round++)
                    {
                        try
                        {
                            await Task.Delay(1, round == 0 ? token : new CancellationToken(true));
                            await Task.Delay(1, token);
                            throw new FormatException();
                        }
                        catch (Exception failure)
                        {
                            Console.WriteLine(failure.GetType().Name);
                        }
                    }
                }
                """),
            "FormatException", "TaskCanceledException");
}
