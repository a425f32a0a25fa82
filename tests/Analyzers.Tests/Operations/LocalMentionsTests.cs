using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Tests.Flow;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Operations;

/// <summary>Where a member declares and mentions a local, asked from anywhere within it.</summary>
public sealed class LocalMentionsTests
{
    [Fact]
    public void Finds_every_mention_in_the_order_of_the_code() =>
        Assert.Equal(
            ["Use(x)", "x = 2", "() => x", "nameof(x)"],
            Of("var x = [|1|]; Use(x); x = 2; Func<int> f = () => x; _ = nameof(x);", "x")
                .Select(mention => mention.Syntax.Ancestors().First(IsWhole).ToString()));

    [Fact]
    public void Tells_locals_of_one_name_apart() =>
        Assert.Single(Of("{ var x = [|1|]; Use(x); } { var x = 2; Use(x); Use(x); }", "x"));

    [Fact]
    public void Finds_what_a_local_function_says_of_the_member() =>
        Assert.Equal(2, Of("var x = 1; Use(x); void Local() { Use([|x|]); }", "x").Count);

    [Fact]
    public void Knows_no_mention_of_a_local_that_nobody_reads() => Assert.Empty(Of("var x = [|1|];", "x"));

    [Theory]
    [InlineData("var x = [|1|];", "1")]
    [InlineData("int x; x = [|1|];", null)]
    [InlineData("foreach (var x in [|new[] { 1 }|]) { }", null)]
    [InlineData("if ([|new object()|] is int x) { }", null)]
    public void Knows_the_value_that_it_is_declared_with(string body, string? value)
    {
        var (local, within) = Find(body, "x");
        Assert.Equal(value, LocalMentions.InitializerOf(local, within)?.Syntax.ToString());
    }

    [Theory]
    [InlineData("var x = [|1|];", OperationKind.VariableDeclarator)]
    [InlineData("foreach (var x in [|new[] { 1 }|]) { }", OperationKind.Loop)]
    [InlineData("foreach (var (x, y) in [|new[] { (1, 2) }|]) { }", OperationKind.Loop)]
    [InlineData("if ([|new object()|] is int x) { }", OperationKind.IsPattern)]
    [InlineData("if ([|\"\"|] is { Length: var x }) { }", null)]
    [InlineData("int.TryParse([|\"\"|], out var x);", null)]
    public void Knows_what_declares_it(string body, OperationKind? kind)
    {
        var (local, within) = Find(body, "x");
        Assert.Equal(kind, LocalMentions.DeclarationOf(local, within)?.Kind);
    }

    [Theory]
    [InlineData("var x = 1; [|x|] = 2;", true)]
    [InlineData("var x = 1; Use([|x|]);", false)]
    [InlineData("var x = 1; var y = 2; y = [|x|];", false)]
    [InlineData("var x = 1; [|x|] += 2;", false)]
    public void Tells_a_new_value_from_a_question(string body, bool isAssigned)
    {
        var (_, within) = Find(body, "x");
        Assert.Equal(isAssigned, LocalMentions.IsAssigned((ILocalReferenceOperation)within));
    }

    private static bool IsWhole(SyntaxNode node) =>
        node is AssignmentExpressionSyntax or InvocationExpressionSyntax or LambdaExpressionSyntax;

    private static IReadOnlyList<ILocalReferenceOperation> Of(string body, string name)
    {
        var (local, within) = Find(body, name);
        return LocalMentions.Of(local, within);
    }

    private static (ILocalSymbol Local, IOperation Within) Find(string body, string name)
    {
        var code = Compiled.Of($"class C {{ static void Use(int x) {{ }} void M() {{ {body} }} }}");
        Assert.DoesNotContain(code.Compilation.GetDiagnostics(), error => error.Severity == DiagnosticSeverity.Error);
        var model = code.Model;
        var within = model.GetOperation(code.Node)!;
        var symbols = within.Syntax.SyntaxTree.GetRoot().DescendantNodes()
            .Where(node => node is VariableDeclaratorSyntax or SingleVariableDesignationSyntax
                or ForEachStatementSyntax)
            .Select(node => model.GetDeclaredSymbol(node)).OfType<ILocalSymbol>();
        return (symbols.First(symbol => symbol.Name == name), within);
    }
}
