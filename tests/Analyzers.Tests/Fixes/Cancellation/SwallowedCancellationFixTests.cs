using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Cancellation;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Cancellation;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Cancellation;

/// <summary>The handler that rethrows a cancellation, in surroundings that a hasty rewrite breaks.</summary>
public sealed class SwallowedCancellationFixTests
    : RuleTests<SwallowedCancellationAnalyzer, SwallowedCancellationFix>
{
    private const string Rethrow =
        """
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            throw;
        }
        """;

    [Fact]
    public Task Rethrows_in_two_loops_of_one_method() => Fixes(
        Async(
            """
            while (flag)
                    {
                        try
                        {
                            await SaveAsync(token);
                        }
                        [|catch|]
                        {
                        }
                    }

                    while (true)
                    {
                        try
                        {
                            await SaveAsync(token);
                        }
                        [|catch|]
                        {
                        }
                    }
            """),
        Async(
            $$"""
            while (flag)
                    {
                        try
                        {
                            await SaveAsync(token);
                        }
                        {{Indented(Rethrow)}}
                        catch
                        {
                        }
                    }

                    while (true)
                    {
                        try
                        {
                            await SaveAsync(token);
                        }
                        {{Indented(Rethrow)}}
                        catch
                        {
                        }
                    }
            """));

    [Fact]
    public Task Rethrows_before_a_finally_in_a_lambda() => Fixes(
        Async(
            """
            Func<Task> f = async () =>
                    {
                        while (true)
                        {
                            try
                            {
                                await SaveAsync(token);
                            }
                            catch [|(Exception e)|] /* all */
                            {
                                Log(e);
                            }
                            finally
                            {
                                Log(null);
                            }
                        }
                    };
                    await f();
            """),
        Async(
            """
            Func<Task> f = async () =>
                    {
                        while (true)
                        {
                            try
                            {
                                await SaveAsync(token);
                            }
                            catch (OperationCanceledException) when (token.IsCancellationRequested)
                            {
                                throw;
                            }
                            catch (Exception e) /* all */
                            {
                                Log(e);
                            }
                            finally
                            {
                                Log(null);
                            }
                        }
                    };
                    await f();
            """));

    [Fact]
    public Task Writes_the_oldest_language() => Fixes(
        """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            async Task M(CancellationToken token)
            {
                while (true)
                {
                    try
                    {
                        await Task.Delay(1, token);
                    }
                    catch [|(Exception)|]
                    {
                    }
                }
            }
        }
        """,
        $$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            async Task M(CancellationToken token)
            {
                while (true)
                {
                    try
                    {
                        await Task.Delay(1, token);
                    }
                    {{Indented(Rethrow)}}
                    catch (Exception)
                    {
                    }
                }
            }
        }
        """,
        code: Code.CSharp7);

    [Fact]
    public Task Leaves_the_branches_of_a_condition_alone() => OffersNoFix(Async(
        """
        while (true)
                {
                    try
                    {
                        await SaveAsync(token);
                    }
        #if true
                    [|catch|]
                    {
                    }
        #else
                    finally
                    {
                    }
        #endif
                }
        """));

    private static string Indented(string text) =>
        text.ReplaceLineEndings("\n").Replace("\n", "\n            ");

    private static string Async(string statements) =>
        $$"""
        class C
        {
            static void Log(Exception? e) { }
            Task SaveAsync(CancellationToken token) => Task.Delay(1, token);

            async Task M(bool flag, CancellationToken token)
            {
                {{statements}}
            }
        }
        """;
}
