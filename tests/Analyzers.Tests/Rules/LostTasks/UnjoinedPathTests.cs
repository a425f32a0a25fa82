using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.LostTasks;

/// <summary>SCOPE104: tasks that one path joins and another loses.</summary>
public sealed class UnjoinedPathTests : RuleTests<UnjoinedPathAnalyzer>
{
    [Theory]
    [InlineData("if (flag) { return; } await sent;", "'return' leaves before")]
    [InlineData("if (flag) return; await sent;", "'return' leaves before")]
    [InlineData("if (!flag) { Console.WriteLine(); return; } await sent;", "'return' leaves before")]
    [InlineData("if (flag) { throw new InvalidOperationException(); } await sent;", "'throw' leaves before")]
    [InlineData("if (flag) { await sent; }", "not where 'flag' does not hold")]
    [InlineData("if (flag) { Console.WriteLine(); } else { await sent; }", "not where 'flag' holds")]
    [InlineData("if (flag && number > 3) { await sent; }", "not where 'flag && number > 3' does not hold")]
    [InlineData("if (await ReadAsync()) { return; } await sent;", "'return' leaves before")]
    [InlineData("if (flag || number > 3) { return; } await sent;", "'return' leaves before")]
    [InlineData("switch (number) { case 1: return; default: await sent; break; }", "not where '1' holds")]
    [InlineData("try { if (flag) { return; } } finally { Console.WriteLine(); } await sent;", "'return' leaves before")]
    [InlineData("using (new Timer(_ => { })) { if (flag) return; await sent; }", "'return' leaves before")]
    public Task Reports_a_path_that_leaves_before(string rest, string path) =>
        Reports(
            Async($"var sent = [|SendAsync(1)|]; {rest}"),
            $"'SendAsync' is started here and not awaited on every path: {path}; run it in a task group");

    [Theory]
    [InlineData("while (true) { var sent = [|SendAsync(1)|]; if (flag) { break; } await sent; }")]
    [InlineData("while (true) { var sent = [|SendAsync(1)|]; if (flag) { continue; } await sent; }")]
    [InlineData("foreach (var i in new[] { 1, 2 }) { var sent = [|SendAsync(i)|]; if (i == number) "
        + "continue; await sent; }")]
    [InlineData("var tasks = new List<Task>(); tasks.Add([|SendAsync(1)|]); if (flag) return; await "
        + "Task.WhenAll(tasks);")]
    [InlineData("var tasks = new[] { [|SendAsync(1)|], [|SendAsync(2)|] }; if (flag) return; await "
        + "Task.WhenAll(tasks);")]
    [InlineData("Task? sent = null; if (number > 1) { sent = [|SendAsync(1)|]; } if (flag) { return; } "
        + "if (sent != null) { await sent; }")]
    [InlineData("Func<Task> f = async () => { var sent = [|SendAsync(1)|]; if (flag) return; await "
        + "sent; }; await f();")]
    [InlineData("await Local(); async Task Local() { var sent = [|SendAsync(1)|]; if (flag) return; await sent; }")]
    [InlineData("var sent = [|SendAsync(1)|]; if (flag) { goto end; } await sent; end: Console.WriteLine();")]
    public Task Reports_it_in_every_surrounding(string statements) => Reports(Async(statements));

    [Theory]
    [InlineData("if (flag) { await sent; return; } await sent;")]
    [InlineData("if (flag) { await sent; } else { sent.Wait(); }")]
    [InlineData("try { if (flag) { return; } Console.WriteLine(); } finally { await sent; }")]
    [InlineData("try { if (flag) { return; } } finally { if (sent != null) { await sent; } }")]
    [InlineData("if (sent != null) { await sent; }")]
    [InlineData("if (sent is null) { return; } await sent;")]
    [InlineData("if (sent is not null) { await sent; }")]
    [InlineData("if (sent is { }) { await sent; }")]
    [InlineData("if (sent is { IsCompleted: true }) { return; } await sent;")]
    [InlineData("if (sent.IsCompleted) { return; } await sent;")]
    [InlineData("for (var i = 0; i < 3; i++) { try { await sent; } catch (Exception) { } }")]
    [InlineData("while (!flag) { await sent; flag = true; }")]
    [InlineData("Register(sent); if (flag) { return; } await sent;")]
    [InlineData("if (flag) { return; } Action wait = () => sent.Wait(); wait();")]
    public Task Ignores_paths_that_join_it_or_cannot_be(string rest) =>
        Ignores(Async($"var sent = SendAsync(1); {rest}"));

    [Theory]
    [InlineData("if (flag) { return; } var sent = SendAsync(1); await sent;")]
    [InlineData("Task? sent = null; if (flag) { sent = SendAsync(1); } if (flag) { await sent!; }")]
    [InlineData("Task? sent = null; if (flag && number > 1) { sent = SendAsync(1); } if (flag) { await "
        + "(sent ?? Task.CompletedTask); }")]
    [InlineData("Task? sent = null; if (!flag) { sent = SendAsync(1); } if (flag) { return; } await sent!;")]
    [InlineData("Task? sent = null; var runs = false; if (number > 1) { sent = SendAsync(1); runs = true; } "
        + "if (runs) { await sent!; }")]
    [InlineData("Task? sent = null; if (flag) { sent = SendAsync(1); } await (sent ?? Task.CompletedTask);")]
    [InlineData("var tasks = new List<Task>(); if (flag) { tasks.Add(SendAsync(1)); } "
        + "if (tasks.Count > 0) { await Task.WhenAll(tasks); }")]
    [InlineData("var tasks = new List<Task>(); if (flag) { tasks.Add(SendAsync(1)); } if (tasks.Count == 0) return; "
        + "await Task.WhenAll(tasks);")]
    [InlineData("Task? sent = null; try { sent = SendAsync(1); } finally { if (sent != null) { await sent; } }")]
    public Task Ignores_a_join_under_the_condition_of_the_start(string statements) => Ignores(Async(statements));

    [Theory]
    [InlineData("await SaveAsync(); await sent;", "SaveAsync")]
    [InlineData("await SaveAsync().ConfigureAwait(false); await sent;", "SaveAsync")]
    [InlineData("await Task.Delay(5, CancellationToken.None); await sent;", "Delay")]
    [InlineData("if (flag) { await SaveAsync(); } await sent;", "SaveAsync")]
    [InlineData("try { await SaveAsync(); } finally { Console.WriteLine(); } await sent;", "SaveAsync")]
    [InlineData("try { await SaveAsync(); } catch (InvalidOperationException) { } await sent;", "SaveAsync")]
    [InlineData("try { await SaveAsync(); } catch (Exception) { return; } await sent;", "SaveAsync")]
    [InlineData("await foreach (var i in StreamAsync()) { Console.WriteLine(i); } await sent;", "await foreach")]
    public Task Suggests_it_where_only_a_failure_leaves_before(string rest, string name) =>
        Suggests(
            Async($"var sent = [|SendAsync(1)|]; {rest}"),
            $"'SendAsync' is started here and not awaited on every path: the failure of '{name}' leaves before; "
            + "run it in a task group");

    [Fact]
    public Task Does_not_take_the_handlers_around_a_lambda_for_its_own() => Reports(Async(
        "try { Func<Task> f = async () => { var sent = [|SendAsync(1)|]; await SaveAsync(); await sent; }; await f(); }"
        + "catch (Exception) { Console.WriteLine(); } finally { await SaveAsync(); }"));

    [Theory]
    [InlineData("try { await SaveAsync(); } catch (Exception) { } await sent;")]
    [InlineData("try { await SaveAsync(); } finally { await sent; }")]
    [InlineData("try { await SaveAsync(); } catch { await sent; throw; } await sent;")]
    [InlineData("await Task.WhenAll(SaveAsync(), sent);")]
    [InlineData("var other = SaveAsync(); await Task.WhenAll(other, sent);")]
    [InlineData("Console.WriteLine(); await sent;")]
    [InlineData("await Task.Delay(5); await Task.Yield(); await sent;")]
    [InlineData("using var p = new System.Diagnostics.Process(); await p.WaitForExitAsync().ConfigureAwait(false); "
        + "await sent;")]
    public Task Ignores_failures_that_do_not_lose_it(string rest) =>
        Ignores(Async($"var sent = SendAsync(1); {rest}"));

    private static Task Suggests(string source, string message) => Reports(source, message);

    private static string Async(string statements) =>
        $$"""
        class C
        {
            static Task SendAsync(int number) => Task.Delay(number);
            static Task SaveAsync() => Task.Delay(1);
            static Task<bool> ReadAsync() => Task.FromResult(true);
            static async IAsyncEnumerable<int> StreamAsync() { await Task.Yield(); yield return 1; }
            static void Register(Task task) { }
            async Task M(bool flag, int number) { {{statements}} }
        }
        """;
}
