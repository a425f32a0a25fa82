using System;
using System.Collections.Generic;
using System.Linq;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.CodeFixes.Building;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>The plans that the options may name are those that the fixes offer, in menu order.</summary>
public class MenuTests
{
    [Fact]
    public void Every_fix_offers_the_plans_that_the_catalogue_names()
    {
        var fixes = typeof(CodeFix).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(CodeFix)) && !type.IsAbstract)
            .Select(type => (CodeFix)Activator.CreateInstance(type)!);

        Verdict.IsClean(Differences(fixes));
    }

    private static IEnumerable<string> Differences(IEnumerable<CodeFix> fixes)
    {
        foreach (var fix in fixes)
        {
            var offered = string.Join(", ", fix.Plans.Select(plan => plan.Name));
            var named = string.Join(", ", PlanNames.Of(fix.Rule.Id));
            if (offered != named)
                yield return $"{fix.GetType().Name} offers {offered}, but {nameof(PlanNames)} names {named}";
        }
    }
}
