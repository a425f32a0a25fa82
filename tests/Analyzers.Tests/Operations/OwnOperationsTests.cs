using System.Linq;
using Microsoft.CodeAnalysis.Operations;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Tests.Flow;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Operations;

/// <summary>What a function does itself, and what the functions within it do.</summary>
public sealed class OwnOperationsTests
{
    [Theory]
    [InlineData("F(1); F(2);", "F(1) F(2)")]
    [InlineData("if (F(1)) { F(2); } else while (F(3)) F(4);", "F(1) F(2) F(3) F(4)")]
    [InlineData("F(1); Action a = () => F(2); F(3);", "F(1) F(3)")]
    [InlineData("F(1); void Local() { F(2); } F(3);", "F(1) F(3)")]
    [InlineData("_ = new[] { 1 }.Where(x => F(2)).Any() && F(3);", "F(3)")]
    [InlineData("", "")]
    public void Lists_them_in_the_order_of_the_code(string body, string calls) =>
        Assert.Equal(calls, CallsOf($"[|{{ {body} }}|]"));

    [Fact]
    public void Asks_a_lambda_for_its_own() => Assert.Equal("F(1)", CallsOf("Action a = [|() => F(1)|];"));

    [Fact]
    public void Goes_down_to_any_depth() =>
        Assert.Equal(
            "F(1)",
            CallsOf($"[|{{ {string.Concat(Enumerable.Repeat("{", 400))} F(1); "
                + $"{string.Concat(Enumerable.Repeat("}", 400))} }}|]"));

    private static string CallsOf(string body)
    {
        var code = Compiled.Of($"class C {{ static bool F(int n) => true; void M() {{ {body} }} }}");
        return string.Join(
            " ",
            code.Model.GetOperation(code.Node)!.OwnDescendants().OfType<IInvocationOperation>()
                .Where(call => call.TargetMethod.Name == "F").Select(call => call.Syntax.ToString()));
    }
}
