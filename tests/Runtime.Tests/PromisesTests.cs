using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests;

/// <summary>Holds <c>Promises.md</c> to the tests that it names.</summary>
public sealed class PromisesTests
{
    private static readonly HashSet<string> s_tests =
    [
        .. from type in typeof(PromisesTests).Assembly.GetTypes()
           from method in type.GetMethods()
           where method.GetCustomAttribute<FactAttribute>() is { Skip: null }
           from name in new[] { method.Name, $"{type.Name}.{method.Name}" }
           select name,
    ];

    [Fact]
    public void Every_promise_has_its_test()
    {
        var rows = Rows().ToList();
        Assert.InRange(rows.Count, 80, 1000);
        Assert.All(rows, row => Assert.NotEmpty(row.Tests));
        Assert.Superset(rows.SelectMany(row => row.Tests).ToHashSet(), s_tests);
    }

    [Fact]
    public void A_missing_test_is_noticed() => Assert.DoesNotContain("Group_ChildError_IsLost", s_tests);

    private static IEnumerable<(string Promise, List<string> Tests)> Rows() =>
        from line in File.ReadLines(Repository.PathOf("tests", "Runtime.Tests", "Promises.md"))
        where line.StartsWith("| ", StringComparison.Ordinal)
        let cells = line.Split('|')
        where cells[2].Trim() != "Test"
        select (cells[1].Trim(), Regex.Matches(cells[2], "`([^`]+)`").Select(match => match.Groups[1].Value).ToList());
}
