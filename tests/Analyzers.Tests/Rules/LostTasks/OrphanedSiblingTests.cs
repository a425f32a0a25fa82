using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Rules.LostTasks;

/// <summary>SCOPE105: tasks that run at once and are awaited one after another.</summary>
public sealed class OrphanedSiblingTests : RuleTests<OrphanedSiblingAnalyzer>
{
    [Fact]
    public Task Reports_the_task_that_is_awaited_second() =>
        Reports(
            Async("var user = UserAsync(); var cart = [|CartAsync()|]; return await user + await cart;"),
            "'CartAsync' runs beside 'user', which is awaited first: when that fails, nobody waits for this one; "
            + "run them with 'TaskGroup.WhenAllAsync'");

    [Theory]
    [InlineData("var user = UserAsync(); var cart = [|CartAsync()|]; var u = await user; var c = await "
        + "cart; return u + c;")]
    [InlineData("var cart = [|CartAsync()|]; var user = UserAsync(); await user; return await cart;")]
    [InlineData("Task<int> user = UserAsync(), cart = [|CartAsync()|]; await user; await cart; return 1;")]
    [InlineData("var user = UserAsync(); var cart = [|CartAsync()|]; await user.ConfigureAwait(false); "
        + "return await cart.ConfigureAwait(false);")]
    [InlineData("var user = Task.Run(UserAsync); var cart = [|Task.Run(CartAsync)|]; await user; return await cart;")]
    [InlineData("var user = UserAsync(); var cart = [|CartAsync()|]; try { await user; } catch (TimeoutException) { } "
        + "return await cart;")]
    public Task Reports_it_in_every_form(string statements) => Reports(Async(statements));

    [Theory]
    [InlineData("var user = UserAsync(); var cart = CartAsync(); await Task.WhenAll(user, cart); "
        + "return await user + await cart;")]
    [InlineData("var user = UserAsync(); var cart = CartAsync(); try { await user; } finally { await "
        + "cart; } return 1;")]
    [InlineData("var user = UserAsync(); var cart = CartAsync(); try { await user; } catch { await cart; throw; } "
        + "return await cart;")]
    [InlineData("var user = UserAsync(); await user; var cart = CartAsync(); return await cart;")]
    [InlineData("var delay = Task.Delay(5); var cart = CartAsync(); await delay; return await cart;")]
    [InlineData("var user = UserAsync(); Register(user); return await user;")]
    public Task Ignores_what_no_failure_orphans(string statements) => Ignores(Async(statements));

    private static string Async(string statements) =>
        $$"""
        class C
        {
            static Task<int> UserAsync() => Task.FromResult(1);
            static Task<int> CartAsync() => Task.FromResult(1);
            static void Register(Task task) { }
            async Task<int> M(bool flag) { {{statements}} }
        }
        """;
}
