using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Building.Groups;

/// <summary>Shows members of one shop before and after their rest runs in a task group.</summary>
public abstract class GroupTests : RuleTests<DroppedTaskAnalyzer, DroppedTaskFix>
{
    private const string Plan = "RunInGroup";

    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        """;

    /// <summary>The group of the first report turns the member, and all that is marked in it, into the other.</summary>
    protected static Task Runs(string before, string after, Code? code = null, int groups = 1) =>
        Runs("class", before, after, code ?? Code.Default, groups);

    protected static Task RunsInStruct(string before, string after, Code? code = null) =>
        Runs("struct", before, after, code ?? Code.Default, groups: 1);

    /// <summary>What the group writes has this text in it, compiles, and brings no warning.</summary>
    protected static async Task Writes(string text, string member, Code? code = null)
    {
        code ??= Code.Default;
        var bench = new Workbench([new DroppedTaskAnalyzer()], [new DroppedTaskFix()]);
        var before = await bench.OpenAsync(
            code,
            ("/0/Test0.cs", Markup.Stripped(UsingsOf(code) + Shop("class", member))));
        var outcome = await bench.FixOneByOneAsync(
            before,
            action => action.EquivalenceKey == "CS4014." + Plan,
            limit: 1);
        var had = (await bench.DiagnosticsOf(before)).ToLookup(diagnostic => diagnostic.Id);
        Assert.Equal(1, outcome.Applied);
        Assert.Contains(text, (await outcome.TextsAsync())["/0/Test0.cs"]);
        Assert.DoesNotContain(
            outcome.Diagnostics.GroupBy(diagnostic => diagnostic.Id),
            found => found.Count() > had[found.Key].Count());
    }

    protected static Task Refuses(string member, Code? code = null) =>
        OffersNoFix(UsingsOf(code ?? Code.Default) + Shop("class", member), Plan, code);

    private static Task Runs(string kind, string before, string after, Code code, int groups) => Fixes(
        UsingsOf(code) + Shop(kind, before),
        UsingsOf(code).Replace("\n\n", "\n") + "using ScopedTasks;\n\n" + Shop(kind, after),
        Plan,
        code,
        iterations: groups);

    private static string UsingsOf(Code code) =>
        code.Language < LanguageVersion.CSharp10 ? Usings + "\n\n" : "";

    private static string Shop(string kind, string member) =>
        $$"""
        {{kind}} Shop
        {
        {{string.Join("\n", member.Split('\n').Select(line => line.Length == 0 ? line : "    " + line))}}

            static int Price(int order) => order;
            static Task<int> LoadAsync(int order, CancellationToken ct = default) => Task.FromResult(order);
            static Task SaveAsync(int order, CancellationToken ct = default) => Task.CompletedTask;
            static Task MailAsync(int order, CancellationToken ct) => Task.CompletedTask;
            static Task AuditAsync(int order) => Task.CompletedTask;
        }
        """;
}
