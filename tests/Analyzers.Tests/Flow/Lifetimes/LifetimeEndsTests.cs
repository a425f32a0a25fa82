using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ScopedTasks.Analyzers.Flow.Lifetimes;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Flow.Lifetimes;

/// <summary>The lifetime engine for itself: how the task that a local <c>t</c> holds ends on all paths.</summary>
public sealed class LifetimeEndsTests
{
    [Theory]
    [InlineData("var t = [|F()|]; await t;")]
    [InlineData("var t = [|F()|]; if (b) await t; else t.Wait();")]
    [InlineData(
        "var t = [|F()|]; switch (n) { case 1: await t; break; case 2: t.Wait(); break; default: await "
        + "t; break; }")]
    [InlineData("var t = [|F()|]; var r = n switch { 1 => await t, _ => t.Result };")]
    [InlineData("var t = [|F()|]; try { if (b) return; } finally { await t; }")]
    [InlineData("var t = [|F()|]; try { G(); } catch (Exception) { await t; throw; } await t;")]
    [InlineData("var t = [|F()|]; if (b) goto end; G(); end: await t;")]
    [InlineData("var t = [|F()|]; again: if (b) { b = false; goto again; } await t;")]
    [InlineData("var t = [|F()|]; while (b) { G(); b = n > 1; } await t;")]
    [InlineData("var t = [|F()|]; do { G(); } while (b); await t;")]
    [InlineData("while (b) { var t = [|F()|]; await t; }")]
    [InlineData("while (b) { var t = [|F()|]; if (n > 1) { await t; continue; } await t; break; }")]
    [InlineData("Task<int> t = null; while (b) { if (t != null) await t; t = [|F()|]; } if (t != null) await t;")]
    [InlineData("using var s = new MemoryStream(); var t = [|F()|]; await t;")]
    [InlineData("var t = [|F()|]; using (var s = new MemoryStream()) { await t; }")]
    [InlineData("var t = [|F()|]; lock (this) { t.Wait(); }")]
    [InlineData("var t = [|F()|]; Keep(t);")]
    [InlineData("var t = [|F()|]; var u = t; if (b) return; await u;")]
    [InlineData("var t = [|F()|]; Action a = () => t.Wait(); if (b) return; a();")]
    [InlineData("var t = [|F()|]; while (true) { if (t.IsCompleted) return; }")]
    [InlineData("var t = [|F()|]; _ = b ? await t : t.Result;")]
    [InlineData("var t = [|F()|]; _ = b && t.Wait(1) || t.Result > 1;")]
    public void Handles_a_task_that_every_path_joins(string body) =>
        Assert.Equal(LifetimeEnd.Handled, EndOf(body).End);

    [Theory]
    [InlineData("var t = [|F()|];")]
    [InlineData("var t = [|F()|]; if (t == null) return;")]
    [InlineData("var t = [|F()|]; _ = nameof(t);")]
    [InlineData("var t = [|F()|]; if (b) return; throw new Exception();")]
    [InlineData("var t = new List<Task<int>>(); t.Add([|F()|]); _ = t.Count;")]
    [InlineData("while (b) { var t = [|F()|]; }")]
    [InlineData("var t = [|F()|]; while (true) { }")]
    public void Sees_that_no_path_joins_it(string body) => Assert.Equal(LifetimeEnd.NeverJoined, EndOf(body).End);

    [Theory]
    [InlineData("var t = [|F()|]; t = F(); await t;", "t = F()")]
    [InlineData("var t = [|F()|]; if (b) t = F(); await t;", "t = F()")]
    [InlineData("Task<int> t = null; if (b) { t = [|F()|]; } t = F(); await t;", "t = F()")]
    public void Sees_what_overwrites_it(string body, string where)
    {
        var end = EndOf(body);
        Assert.Equal(LifetimeEnd.Overwritten, end.End);
        Assert.Equal(where, end.Where!.Syntax.ToString());
    }

    [Theory]
    [InlineData("var t = [|F()|]; if (b) return; await t;", "b", true)]
    [InlineData("var t = [|F()|]; if (!b) return; await t;", "b", false)]
    [InlineData("var t = [|F()|]; if (b) throw new Exception(); await t;", "b", true)]
    [InlineData("var t = [|F()|]; if (b) goto end; await t; end: G();", "b", true)]
    [InlineData("var t = [|F()|]; if (b && n > 1) await t;", "b", false)]
    [InlineData(
        "var t = [|F()|]; if (b) { if (n > 1) await t; else if (n > 2) await t; } else await t;", "n > "
        + "2", false)]
    [InlineData("var t = [|F()|]; switch (n) { case 1: await t; break; case 2: await t; break; }", "2", false)]
    [InlineData("var t = [|F()|]; using (var s = new MemoryStream()) { if (b) return; await t; }", "b", true)]
    [InlineData("var t = [|F()|]; try { if (b) return; } finally { G(); } await t;", "b", true)]
    [InlineData("var t = [|F()|]; try { if (b) return; } finally { if (n > 1) await t; } await t;", "b", true)]
    [InlineData("var t = [|F()|]; foreach (var x in xs) { if (b) return; } await t;", "b", true)]
    [InlineData("foreach (var x in xs) { var t = [|F()|]; if (b) break; await t; }", "b", true)]
    [InlineData("var t = [|F()|]; lock (this) { if (b) return; } await t;", "b", true)]
    [InlineData("var t = [|F()|]; _ = b ? await t : 1;", "b", false)]
    [InlineData("var t = [|F()|]; _ = b && await t > 1;", "b", false)]
    public void Sees_the_condition_that_loses_it(string body, string condition, bool holds)
    {
        var end = EndOf(body);
        Assert.Equal(LifetimeEnd.LostOnPath, end.End);
        Assert.Equal(condition, end.Where!.Syntax.ToString());
        Assert.Equal(holds, end.Holds);
    }

    [Theory]
    [InlineData("var t = [|F()|]; await H(1); await t;", "await H(1)")]
    [InlineData("var t = [|F()|]; await H(1); await H(2); await t;", "await H(1)")]
    [InlineData("var t = [|F()|]; try { await H(1); } catch (IOException) { } await t;", "await H(1)")]
    [InlineData("var t = [|F()|]; try { await H(1); } finally { G(); } await t;", "await H(1)")]
    [InlineData("var t = [|F()|]; try { await H(1); } catch (Exception) { return; } await t;", "await H(1)")]
    [InlineData("var t = [|F()|]; while (b) { await H(1); } await t;", "await H(1)")]
    public void Sees_the_failure_that_loses_it(string body, string failing)
    {
        var end = EndOf(body);
        Assert.Equal(LifetimeEnd.LostOnFailure, end.End);
        Assert.Equal(failing, end.Where!.Syntax.ToString());
    }

    [Theory]
    [InlineData("var t = [|F()|]; try { await H(1); } catch (Exception) { } await t;")]
    [InlineData("var t = [|F()|]; try { await H(1); } catch { await t; throw; } await t;")]
    [InlineData("var t = [|F()|]; try { await H(1); } finally { await t; }")]
    [InlineData("var t = [|F()|]; try { try { await H(1); } finally { G(); } } catch (Exception) { } await t;")]
    [InlineData("var t = [|F()|]; try { try { await H(1); } catch (IOException) { } } finally { await t; }")]
    public void Handles_a_task_whatever_fails(string body) => Assert.Equal(LifetimeEnd.Handled, EndOf(body).End);

    [Theory]
    [InlineData("using (var s = new MemoryStream()) { var t = [|F()|]; await t; }", false)]
    [InlineData("Task<int> t; using (var s = new MemoryStream()) { t = [|F()|]; } await t;", true)]
    [InlineData("Task<int> t; using (var s = new MemoryStream()) { t = [|F()|]; if (b) await t; } await t;", true)]
    [InlineData("using var s = new MemoryStream(); using var o = new MemoryStream(); var t = [|F()|]; await t;", false)]
    [InlineData(
        "using var s = new MemoryStream(); using var o = new MemoryStream(); var t = [|F()|]; if (b) "
        + "return; await t;", true)]
    [InlineData(
        "var s = new MemoryStream(); Task<int> t; try { t = [|F()|]; await t; } finally { s.Dispose(); "
        + "}", false)]
    public void Knows_whether_it_outlives_a_resource(string body, bool outlives)
    {
        var (start, holder, lifetimes) = Find(body);
        var resource = start.SemanticModel!.LookupSymbols(start.Syntax.SpanStart, name: "s").Single();
        Assert.Equal(outlives, lifetimes.Outlives(start, holder, resource, CancellationToken.None));
    }

    [Theory]
    [InlineData("{", "}")]
    [InlineData("if (b) {", "}")]
    [InlineData("while (b) {", "}")]
    [InlineData("try {", "} finally { }")]
    [InlineData("using (new MemoryStream()) {", "}")]
    public void Goes_down_a_hundred_nested_statements(string open, string close)
    {
        const int Depth = 100;
        var body = string.Concat(Enumerable.Repeat(open, Depth)) + "if (n == -1) return;"
            + string.Concat(Enumerable.Repeat(close, Depth));

        var end = EndOf($"var t = [|F()|]; {body} await t;");

        Assert.Equal(LifetimeEnd.LostOnPath, end.End);
        Assert.Equal("n == -1", end.Where!.Syntax.ToString());
    }

    [Fact]
    public void Knows_nothing_of_a_function_beyond_its_budget()
    {
        var ifs = string.Concat(Enumerable.Range(0, 4_000).Select(i => $"if (n == {i}) G();"));

        Assert.Equal(LifetimeEnd.LostOnPath, EndOf("var t = [|F()|]; if (b) return; await t;").End);
        Assert.Equal(LifetimeEnd.Handled, EndOf($"var t = [|F()|]; {ifs} if (b) return; await t;").End);
    }

    [Fact]
    public void Stops_when_all_walks_of_a_function_are_used_up()
    {
        // Each task is walked over all that follow: together more than any function may cost.
        var many = string.Concat(Enumerable.Range(0, 900).Select(i => $"var t{i} = F(); if (n == {i}) return;"));
        var joins = string.Concat(Enumerable.Range(0, 900).Select(i => $"await t{i};"));
        var code = Body($"{many} {joins}");
        var (lifetimes, root) = EngineOf(code);
        var starts = root.Descendants().OfType<IVariableDeclaratorOperation>()
            .Where(declarator => declarator.Symbol.Name.StartsWith('t')).ToImmutableArray();

        var ends = starts.Select(declarator => lifetimes.Of(
            declarator.GetVariableInitializer()!.Value, declarator.Symbol, CancellationToken.None).End).ToArray();

        Assert.Equal(LifetimeEnd.LostOnPath, ends[0]);
        Assert.Equal(LifetimeEnd.Handled, ends[^1]);
    }

    [Theory]
    [InlineData("var t = [|F()|]; if (b) return await t;")]
    [InlineData("var t = [|F()|]; if (b) { return; ")]
    [InlineData("var t = [|F()|]; Missing(t); if (b) return; await t;")]
    [InlineData("var t = [|F()|]; t = ; await t;")]
    [InlineData("var t = [|F()|]; var t = F(); await t;")]
    [InlineData("var t = [|F()|]; goto nowhere; await t;")]
    [InlineData("var t = [|F()|]; break; await t;")]
    [InlineData("var t = [|F()|]; try { await t;")]
    [InlineData("var t = [|F()|]; foreach (var x in ) await t;")]
    public void Lives_through_code_that_does_not_compile(string body)
    {
        var (start, holder, lifetimes) = Find(body);
        _ = lifetimes.Of(start, holder, CancellationToken.None);
    }

    private static Lifetime EndOf(string body)
    {
        var (start, holder, lifetimes) = Find(body);
        return lifetimes.Of(start, holder, CancellationToken.None);
    }

    private static (IOperation Start, ILocalSymbol Holder, TaskLifetimes Lifetimes) Find(string body)
    {
        var code = Body(body);
        var start = code.Model.GetOperation(code.Node)!;
        var holder = code.Tree.GetRoot().DescendantNodes().OfType<VariableDeclaratorSyntax>()
            .Select(node => code.Model.GetDeclaredSymbol(node)).OfType<ILocalSymbol>()
            .First(symbol => symbol.Name == "t");
        return (start, holder, EngineOf(code).Lifetimes);
    }

    private static (TaskLifetimes Lifetimes, IOperation Root) EngineOf(Compiled code)
    {
        var method = code.Tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
            .First(node => node.Identifier.ValueText == "M");
        return (
            new(Awaitables.Of(KnownTypes.Of(code.Compilation))),
            EnclosingMember.RootOf(code.Model.GetOperation(method)!));
    }

    private static Compiled Body(string body) => Compiled.Of(
        $$"""
        class C
        {
            static Task<int> F() => Task.Run(() => 1);
            static Task H(int n) => Task.Run(() => n);
            static void G() { }
            static void Keep(Task t) { }
            async Task M(bool b, int n, int[] xs) { {{body}} }
        }
        """);
}
