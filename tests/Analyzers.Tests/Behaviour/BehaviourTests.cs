using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Rules.Scopes;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using ScopedTasks.CodeFixes.Fixes.Scopes;
using ScopedTasks.CodeFixes.Fixes.Spawning;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>Runs programs before and after their fixes.</summary>
public abstract class BehaviourTests
{
    private protected const string Group = "Run in a task group";
    private protected const string Bound = "Bound it";
    private protected const string Detach = "Detach it";
    private protected const string Await = "Await it";
    private protected const string Spawn = "Spawn in the task group";
    private protected const string Complete = "Complete the group";

    /// <summary>What every program has: work that says when it starts and ends, and a gate that holds it.</summary>
    private protected const string Work =
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Channels;
        using System.Threading.Tasks;

        static class Work
        {
            private static readonly TaskCompletionSource Opened =
                new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

            private static readonly SemaphoreSlim Ended = new SemaphoreSlim(0);

            public static void Open() => Opened.TrySetResult();

            public static async Task DoAsync(string name, CancellationToken cancellationToken = default)
            {
                Console.WriteLine(name + " starts");
                try
                {
                    await Opened.Task.WaitAsync(cancellationToken);
                    Console.WriteLine(name + " ends");
                }
                catch (OperationCanceledException)
                {
                    Console.WriteLine(name + " is cancelled");
                    throw;
                }
                finally
                {
                    Ended.Release();
                }
            }

            public static void Do(string name)
            {
                Console.WriteLine(name);
                Ended.Release();
            }

            public static async Task FailAsync(string name)
            {
                await Task.Yield();
                Ended.Release();
                throw new InvalidOperationException(name);
            }

            public static async Task WaitAsync(int count)
            {
                for (var i = 0; i < count; i++) await Ended.WaitAsync();
            }
        }

        """;

    /// <summary>The program writes the same, in whatever order what runs at once comes, and ends well.</summary>
    private protected static async Task Keeps(string plan, string program, params string[] written)
    {
        var (before, after) = await RunAsync(plan, program);
        Assert.Null(before.Failure);
        Assert.Null(after.Failure);
        Assert.Equal(before.Lines.Order(), after.Lines.Order());
        foreach (var line in written)
            Assert.Contains(line, after.Lines);
    }

    /// <summary>A failure that got lost comes out of the program, and all other work ran.</summary>
    private protected static async Task BringsOut(string failure, string plan, string program)
    {
        var (before, after) = await RunAsync(plan, program);
        Assert.Null(before.Failure);
        Assert.Equal(failure, Assert.IsType<System.InvalidOperationException>(after.Failure).Message);
        Assert.Empty(before.Lines.Except(after.Lines));
    }

    /// <summary>The program that wrote one line writes another in its place, and ends well.</summary>
    private protected static async Task Turns(string line, string into, string plan, string program)
    {
        var (before, after) = await RunAsync(plan, program);
        Assert.Null(after.Failure);
        Assert.Contains(line, before.Lines);
        Assert.DoesNotContain(into, before.Lines);
        Assert.Contains(into, after.Lines);
        Assert.DoesNotContain(line, after.Lines);
    }

    private protected static async Task<(ProgramRun Before, ProgramRun After)> RunAsync(string plan, string program)
    {
        var bench = new Workbench(
            [
                new DroppedTaskAnalyzer(), new DiscardedTaskAnalyzer(), new SpawnInLoopAnalyzer(),
                new UnboundedFanOutAnalyzer(), new IncompleteGroupAnalyzer(), new DetachedInsideGroupAnalyzer(),
                new UnjoinedFieldAnalyzer(),
            ],
            [
                new DroppedTaskFix(), new DiscardedTaskFix(), new SpawnInLoopFix(), new UnboundedFanOutFix(),
                new IncompleteGroupFix(), new DetachedInsideGroupFix(), new UnjoinedFieldFix(),
            ]);
        return await RunAsync(bench, plan, program);
    }

    /// <summary>The program before and after all fixes of that plan, among those on the bench.</summary>
    private protected static async Task<(ProgramRun Before, ProgramRun After)> RunAsync(
        Workbench bench, string plan, string program)
    {
        var solution = await bench.OpenAsync(Code.Program, ("/0/Test0.cs", Work + program));
        var outcome = await bench.FixOneByOneAsync(solution, action => action.Title.StartsWith(plan));
        Assert.NotEqual(0, outcome.Applied);
        return (await ProgramRun.OfAsync(solution), await ProgramRun.OfAsync(outcome.Solution));
    }

    /// <summary>The program before and after all fixes of one rule whose title starts like that.</summary>
    private protected static Task<(ProgramRun Before, ProgramRun After)> RunAsync<TAnalyzer, TFix>(
        string plan, string program)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() =>
        RunAsync(new Workbench([new TAnalyzer()], [new TFix()]), plan, program);

    /// <summary>The program writes these lines and no others, before and after all fixes of one rule.</summary>
    private protected static async Task KeepsAsync<TAnalyzer, TFix>(string plan, string program, params string[] lines)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var (before, after) = await RunAsync<TAnalyzer, TFix>(plan, program);
        Assert.Null(before.Failure);
        Assert.Null(after.Failure);
        Assert.Equal(lines, before.Lines);
        Assert.Equal(lines, after.Lines);
    }

    /// <summary>A program whose <c>Main</c> has these statements.</summary>
    private protected static string Program(string statements, string types = "", string methods = "") =>
        $$"""
        static class Program
        {
            static async Task Main()
            {
                {{statements}}
            }

            {{methods}}
        }

        {{types}}
        """;
}
