using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Cancellation;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Cancellation;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.Cancellation;

/// <summary>SCOPE503: a <c>catch</c> that takes a cancellation for a failure and goes on, and the rethrow.</summary>
public sealed class SwallowedCancellationTests
    : RuleTests<SwallowedCancellationAnalyzer, SwallowedCancellationFix>
{
    [Fact]
    public Task Says_that_the_loop_goes_on() => Reports(
        Async("while (true) { try { await SaveAsync(token); } catch [|(Exception e)|] { Log(e); } }"),
        "The cancellation of 'SaveAsync' ends here, and the loop goes on; rethrow it when 'token' was cancelled");

    [Fact]
    public Task Says_that_the_function_goes_on() => Reports(
        Async("try { await SaveAsync(token); } catch [|(Exception e)|] { Log(e); } await Task.Yield();"),
        "The cancellation of 'SaveAsync' ends here, and the function goes on; rethrow it when 'token' was cancelled");

    [Theory]
    [InlineData("while (true) { try { await SaveAsync(token); } [|catch|] { } }")]
    [InlineData("while (true) { try { await SaveAsync(token); } catch [|(OperationCanceledException)|] { } }")]
    [InlineData("while (true) { try { await SaveAsync(token); } catch [|(TaskCanceledException)|] { } }")]
    [InlineData(
        "for (;;) { try { await SaveAsync(token).ConfigureAwait(false); } catch [|(Exception)|] { continue; } }")]
    [InlineData("while (flag) { try { await SaveAsync(token); } catch [|(Exception e)|] { Log(e); } }")]
    [InlineData("foreach (var i in ids) { try { await SaveAsync(token); } catch [|(Exception e)|] { Log(e); } }")]
    [InlineData("while (true) { try { if (flag) { await SaveAsync(token); } } catch [|(Exception e)|] { Log(e); } }")]
    [InlineData("while (true) { try { await SaveAsync(token); } catch (IOException) { } catch [|(Exception)|] { } }")]
    [InlineData("while (true) { try { await SaveAsync(token); } catch [|(Exception e)|] { Log(e); } finally { } }")]
    public Task Reports_who_goes_on(string statements) => Reports(Async(statements));

    [Theory]
    [InlineData("try { await SaveAsync(token); } catch (Exception e) { Log(e); }")]
    [InlineData("try { await SaveAsync(token); } catch (OperationCanceledException) { } Log(null);")]
    [InlineData("while (true) { try { await SaveAsync(token); } catch (Exception e) { Log(e); throw; } }")]
    [InlineData(
        "while (true) { try { await SaveAsync(token); } catch (Exception e) { throw new Exception(\"\", e); } }")]
    [InlineData("while (true) { try { await SaveAsync(token); } catch (Exception) { return; } }")]
    [InlineData("while (true) { try { await SaveAsync(token); } catch (OperationCanceledException) { break; } }")]
    [InlineData(
        "while (true) { try { await SaveAsync(token); "
        + "} catch (Exception e) when (e is not OperationCanceledException) { } }")]
    [InlineData(
        "while (true) { try { await SaveAsync(token); "
        + "} catch (OperationCanceledException) { throw; } catch (Exception) { } }")]
    [InlineData("while (!token.IsCancellationRequested) { try { await SaveAsync(token); } catch (Exception) { } }")]
    [InlineData("while (true) { try { await SaveAsync(token); } catch (Exception) { } await Task.Delay(1, token); }")]
    [InlineData(
        "while (true) { try { await SaveAsync(token); } catch (Exception) { token.ThrowIfCancellationRequested(); } }")]
    [InlineData(
        "while (true) { try { await SaveAsync(token); "
        + "} catch (Exception) { if (token.IsCancellationRequested) return; } }")]
    [InlineData("await foreach (var i in Read(token)) { try { await SaveAsync(token); } catch (Exception) { } }")]
    [InlineData("while (true) { try { await SaveAsync(default); } catch (Exception) { } }")]
    [InlineData("while (true) { try { await SaveAsync(CancellationToken.None); } catch (Exception) { } }")]
    [InlineData("while (true) { try { await Task.Yield(); } catch (Exception) { } }")]
    [InlineData("while (true) { try { await SaveAsync(token); } catch (IOException) { } }")]
    [InlineData(
        "while (true) { using var s = new CancellationTokenSource(1); "
        + "try { await SaveAsync(s.Token); } catch (Exception) { } }")]
    [InlineData(
        "var source = new TaskCompletionSource(); try { await SaveAsync(token); } "
        + "catch (Exception e) { source.TrySetException(e); } await source.Task;")]
    [InlineData(
        "Exception? failure = null; try { await SaveAsync(token); } catch (Exception e) { failure = e; } "
        + "await Task.Yield(); if (failure != null) throw failure;")]
    [InlineData(
        "var going = true; while (going) { try { await SaveAsync(token); } catch (Exception) { going = false; } }")]
    [InlineData(
        "while (true) { try { Func<Task> f = () => SaveAsync(token); await Task.Yield(); } catch (Exception) { } }")]
    public Task Ignores_who_ends_or_asks(string statements) => Ignores(Async(statements));

    [Fact]
    public Task Reports_who_asks_one_provider_after_the_other() =>
        Reports(OneAfterTheOther("IProvider", "[|(Exception e)|]"));

    [Theory]
    [InlineData("IListener")]
    [InlineData("IObserver")]
    [InlineData("ISubscriber")]
    public Task Ignores_who_tells_every_listener(string type) => Ignores(OneAfterTheOther(type, "(Exception e)"));

    [Fact]
    public Task Warns_in_a_child_of_a_group() => Reports(
        """
        using ScopedTasks;

        class C
        {
            Task M(Func<CancellationToken, Task> work) => TaskGroup.RunAsync(async group =>
            {
                group.Spawn(async ct =>
                {
                    try { await work(ct); } catch [|(Exception)|] { }
                    await Task.Yield();
                });
                await Task.Yield();
            });
        }
        """);

    [Fact]
    public Task Needs_no_token_in_a_coroutine() => Reports(
        """
        using ScopedTasks;

        class C
        {
            async Coroutine M()
            {
                while (true) { try { await Coroutine.Sleep(TimeSpan.FromSeconds(1)); } [|catch|] { } }
            }
        }
        """,
        "The cancellation of 'Sleep' ends here, and the loop goes on; rethrow it");

    [Fact]
    public Task Rethrows_it() => Fixes(
        Async(
            """
            while (true)
                    {
                        try
                        {
                            await SaveAsync(token);
                        }
                        catch [|(Exception e)|] // all
                        {
                            Log(e);
                        }
                    }
            """),
        Async(
            """
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
                        catch (Exception e) // all
                        {
                            Log(e);
                        }
                    }
            """),
        title: "Rethrow it when 'token' was cancelled");

    [Fact]
    public Task Keeps_the_handlers_before_it() => Fixes(
        Async(
            """
            while (true)
                    {
                        try
                        {
                            await SaveAsync(token);
                        }
                        catch (IOException)
                        {
                        }
                        // whatever else
                        [|catch|]
                        {
                        }
                    }
            """),
        Async(
            """
            while (true)
                    {
                        try
                        {
                            await SaveAsync(token);
                        }
                        catch (IOException)
                        {
                        }
                        catch (OperationCanceledException) when (token.IsCancellationRequested)
                        {
                            throw;
                        }
                        // whatever else
                        catch
                        {
                        }
                    }
            """));

    [Fact]
    public Task Needs_a_token() => OffersNoFix(
        """
        using ScopedTasks;

        class C
        {
            async Coroutine M()
            {
                while (true) { try { await Coroutine.Yield(); } [|catch|] { } }
            }
        }
        """);

    private static string OneAfterTheOther(string type, string declaration) =>
        $$"""
        interface {{type}} { Task SavedAsync(CancellationToken token); }

        class C
        {
            async Task M({{type}}[] parts, CancellationToken token)
            {
                foreach (var part in parts)
                {
                    try { await part.SavedAsync(token); }
                    catch {{declaration}} { Console.WriteLine(e); }
                }
            }
        }
        """;

    private static string Async(string statements) =>
        $$"""
        using System.IO;

        class C
        {
            static void Log(Exception? e) { }
            Task SaveAsync(CancellationToken token) => Task.Delay(1, token);
            async IAsyncEnumerable<int> Read(
                [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken t)
            {
                await Task.Delay(1, t);
                yield return 1;
            }

            async Task M(bool flag, int[] ids, CancellationToken token)
            {
                {{statements}}
            }
        }
        """;
}
