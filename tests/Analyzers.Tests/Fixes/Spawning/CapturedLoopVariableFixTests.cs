using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Spawning;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Spawning;

/// <summary>The fix of SCOPE407: a copy inside the loop.</summary>
public sealed class CapturedLoopVariableFixTests : RuleTests<CapturedLoopVariableAnalyzer, CapturedLoopVariableFix>
{
    [Fact]
    public Task Copies_the_variable_before_the_work() => Fixes(
        Method(
            """
            for (var i = 0; i < 9; i++)
                    {
                        Use(i);

                        // later
                        _ = Task.Run(() => Use([|i|] + i)); // and later
                    }
            """),
        Method(
            """
            for (var i = 0; i < 9; i++)
                    {
                        Use(i);

                        var iCopy = i;
                        // later
                        _ = Task.Run(() => Use(iCopy + iCopy)); // and later
                    }
            """),
        title: "Copy 'i' inside the loop");

    [Fact]
    public Task Makes_a_block_where_only_one_statement_stood() => Fixes(
        Method(
            """
            for (var i = 0; i < 9; i++)
                        _ = Task.Run(() => Use([|i|]));
            """),
        Method(
            """
            for (var i = 0; i < 9; i++)
                    {
                        var iCopy = i;
                        _ = Task.Run(() => Use(iCopy));
                    }
            """));

    [Fact]
    public Task Copies_what_the_head_of_the_loop_read() => Fixes(
        Method(
            """
            string? line;
                    while ((line = Console.ReadLine()) != null)
                    {
                        if (line.Length > 1)
                            new Thread(() => Use([|line|].Length)).Start();
                    }
            """),
        Method(
            """
            string? line;
                    while ((line = Console.ReadLine()) != null)
                    {
                        if (line.Length > 1)
                        {
                            var lineCopy = line;
                            new Thread(() => Use(lineCopy.Length)).Start();
                        }
                    }
            """));

    [Fact]
    public Task Copies_before_a_local_function() => Fixes(
        Method(
            """
            for (var i = 0; i < 9; i++)
                    {
                        void Work() => Use([|i|]);
                        _ = Task.Run(Work);
                    }
            """),
        Method(
            """
            for (var i = 0; i < 9; i++)
                    {
                        var iCopy = i;
                        void Work() => Use(iCopy);
                        _ = Task.Run(Work);
                    }
            """));

    [Fact]
    public Task Copies_each_of_two() => Fixes(
        Method(
            """
            for (int i = 0, j = 0; i < 9; i++, j++)
                    {
                        _ = Task.Run(() => Use([|i|] + [|j|]));
                    }
            """),
        Method(
            """
            for (int i = 0, j = 0; i < 9; i++, j++)
                    {
                        var iCopy = i;
                        var jCopy = j;
                        _ = Task.Run(() => Use(iCopy + jCopy));
                    }
            """));

    [Fact]
    public Task Copies_for_each_lambda() => Fixes(
        Method(
            """
            for (var i = 0; i < 9; i++)
                    {
                        _ = Task.Run(() => Use([|i|]));
                        _ = Task.Run(() => Use([|i|]));
                    }
            """),
        Method(
            """
            for (var i = 0; i < 9; i++)
                    {
                        var iCopy = i;
                        _ = Task.Run(() => Use(iCopy));
                        var iCopy1 = i;
                        _ = Task.Run(() => Use(iCopy1));
                    }
            """));

    [Fact]
    public Task Keeps_names_that_came_from_the_variable() => Fixes(
        Method(
            """
            for (var i = 0; i < 9; i++)
                    {
                        _ = Task.Run(() => Use(new { i = [|i|] }.i + (i, 1).Item1 + nameof(i).Length));
                    }
            """),
        Method(
            """
            for (var i = 0; i < 9; i++)
                    {
                        var iCopy = i;
                        _ = Task.Run(() => Use(new { i = iCopy }.i + (i: iCopy, 1).Item1 + nameof(i).Length));
                    }
            """));

    [Fact]
    public Task Keeps_the_name_of_an_anonymous_member() => Fixes(
        Method(
            """
            for (var i = 0; i < 9; i++)
                    {
                        _ = Task.Run(() => Use(new { [|i|] }.i));
                    }
            """),
        Method(
            """
            for (var i = 0; i < 9; i++)
                    {
                        var iCopy = i;
                        _ = Task.Run(() => Use(new { i = iCopy }.i));
                    }
            """));

    [Fact]
    public Task Finds_a_free_name() => Fixes(
        Method(
            """
            var iCopy = 1;
                    for (var i = iCopy; i < 9; i++)
                    {
                        _ = Task.Run(() => Use([|i|]));
                    }
            """),
        Method(
            """
            var iCopy = 1;
                    for (var i = iCopy; i < 9; i++)
                    {
                        var iCopy1 = i;
                        _ = Task.Run(() => Use(iCopy1));
                    }
            """));

    [Fact]
    public Task Copies_in_the_oldest_language() => Fixes(
        Method(
            """
            for (var i = 0; i < 9; i++)
                    {
                        Task.Run(async () => { await Task.Yield(); Use([|i|]); });
                    }
            """),
        Method(
            """
            for (var i = 0; i < 9; i++)
                    {
                        var iCopy = i;
                        Task.Run(async () => { await Task.Yield(); Use(iCopy); });
                    }
            """),
        code: Code.Framework);

    [Theory]
    [InlineData("for (var i = 0; i < 9; Task.Run(() => Use([|i|]))) i++;")]
    [InlineData("for (var i = 0; Start(Task.Run(() => Use([|i|]))); i++) Use(1);")]
    [InlineData("for (var i = 0; i < 9; i++) while (Start(Task.Run(() => Use([|i|])))) Use(1);")]
    [InlineData("for (var i = 0; i < 9;) { Use(i++, Task.Run(() => Use([|i|]))); }")]
    [InlineData("for (var i = 0; i < 9;) { Action a = () => Use([|i|]); i++; Task.Run(a); }")]
    [InlineData("var i = 0; Action a = () => Use([|i|]); for (; i < 9; i++) { Task.Run(a); }")]
    [InlineData("for (var i = 0; i < 9; i++) { Task.Run(Work); void Work() => Use([|i|]); }")]
    [InlineData("for (var i = 0; i < 9; i++) { again: Task.Run(() => Use([|i|])); if (i == 3) goto again; }")]
    public Task Writes_nothing_where_a_copy_would_have_another_value(string statements) =>
        OffersNoFix(Method(statements));

    private static string Method(string statements) =>
        $$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;

        class C
        {
            void M()
            {
                {{statements}}
            }

            void Use(int value) { }
            void Use(int value, Task task) { }
            bool Start(Task task) => false;
        }
        """;
}
