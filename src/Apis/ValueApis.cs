using System.Runtime.CompilerServices;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Apis;

/// <summary>Knows which members take any object and have no use for a task.</summary>
/// <remarks>
/// Dependency injection, caches, mocks and reflection take tasks for what they are. So a member that is not in the
/// table is one of theirs.
/// </remarks>
internal sealed class ValueApis
{
    private const string Web = "Microsoft.AspNetCore.App";

    private static readonly ConditionalWeakTable<KnownTypes, ValueApis> ByTypes = new();

    private readonly ApiRows<ValueApi> _rows;

    private ValueApis(KnownTypes types) => _rows = new(types.Compilation, Rows);

    public static ImmutableArray<ValueApi> Rows { get; } = ImmutableArray.Create<ValueApi>(
        new("System.Console", "Write", ValueUse.Text),
        new("System.Console", "WriteLine", ValueUse.Text),
        new("System.IO.TextWriter", "Write", ValueUse.Text),
        new("System.IO.TextWriter", "WriteLine", ValueUse.Text),
        new("System.Text.StringBuilder", "Append", ValueUse.Text),
        new("System.Text.StringBuilder", "AppendFormat", ValueUse.Text),
        new("System.Text.StringBuilder", "AppendJoin", ValueUse.Text),
        new("System.Text.StringBuilder", "Insert", ValueUse.Text),
        new("System.String", "Concat", ValueUse.Text),
        new("System.String", "Format", ValueUse.Text),
        new("System.String", "Join", ValueUse.Text),
        new("System.Convert", "*", ValueUse.Data),
        new("System.Diagnostics.Debug", "*", ValueUse.Text),
        new("System.Diagnostics.Trace", "*", ValueUse.Text),
        new("Microsoft.Extensions.Logging.LoggerExtensions", "*", ValueUse.Text, Web),
        new("Serilog.ILogger", "*", ValueUse.Text, "Serilog"),
        new("Serilog.Log", "*", ValueUse.Text, "Serilog"),
        new("NLog.ILogger", "*", ValueUse.Text, "NLog"),
        new("NLog.ILoggerBase", "*", ValueUse.Text, "NLog"),
        new("NLog.Logger", "*", ValueUse.Text, "NLog"),
        new("System.Diagnostics.Activity", "AddTag", ValueUse.Data),
        new("System.Diagnostics.Activity", "SetTag", ValueUse.Data),
        new("System.Text.Json.JsonSerializer", "*", ValueUse.Data),
        new("System.Net.Http.Json.HttpClientJsonExtensions", "*", ValueUse.Data),
        new("System.Net.Http.Json.JsonContent", "Create", ValueUse.Data),
        new("Newtonsoft.Json.JsonConvert", "*", ValueUse.Data, "Newtonsoft.Json"),
        new("Newtonsoft.Json.JsonSerializer", "Serialize", ValueUse.Data, "Newtonsoft.Json"),
        new("Newtonsoft.Json.Linq.JToken", "FromObject", ValueUse.Data, "Newtonsoft.Json"),
        new("Newtonsoft.Json.Linq.JObject", "FromObject", ValueUse.Data, "Newtonsoft.Json"),
        new("Newtonsoft.Json.Linq.JArray", "FromObject", ValueUse.Data, "Newtonsoft.Json"),
        new("Microsoft.AspNetCore.Mvc.ControllerBase", "*", ValueUse.Data, Web),
        new("Microsoft.AspNetCore.Mvc.Controller", "*", ValueUse.Data, Web),
        new("Microsoft.AspNetCore.Mvc.ObjectResult", ".ctor", ValueUse.Data, Web),
        new("Microsoft.AspNetCore.Mvc.JsonResult", ".ctor", ValueUse.Data, Web),
        new("Microsoft.AspNetCore.Mvc.ViewFeatures.ViewDataDictionary", "this[]", ValueUse.Data, Web),
        new("Microsoft.AspNetCore.Http.Results", "*", ValueUse.Data, Web),
        new("Microsoft.AspNetCore.Http.TypedResults", "*", ValueUse.Data, Web),
        new("Microsoft.AspNetCore.Http.HttpResponseJsonExtensions", "*", ValueUse.Data, Web),
        new("Microsoft.AspNetCore.SignalR.ClientProxyExtensions", "*", ValueUse.Data, Web),
        new("System.Data.Common.DbParameter", "Value", ValueUse.Data),
        new("Dapper.SqlMapper", "*", ValueUse.Data, "Dapper"),
        new("Dapper.DynamicParameters", "Add", ValueUse.Data, "Dapper"),
        new("System.ArgumentNullException", "ThrowIfNull", ValueUse.NullCheck),
        new("System.Object", "Equals", ValueUse.Comparison),
        new("Xunit.Assert", "Null", ValueUse.NullCheck, "xunit"),
        new("Xunit.Assert", "NotNull", ValueUse.NullCheck, "xunit"),
        new("NUnit.Framework.Legacy.ClassicAssert", "AreEqual", ValueUse.Comparison, "NUnit"),
        new("NUnit.Framework.Legacy.ClassicAssert", "AreNotEqual", ValueUse.Comparison, "NUnit"),
        new("NUnit.Framework.Legacy.ClassicAssert", "IsNotNull", ValueUse.NullCheck, "NUnit"),
        new("NUnit.Framework.Legacy.ClassicAssert", "IsNull", ValueUse.NullCheck, "NUnit"),
        new("NUnit.Framework.Legacy.ClassicAssert", "NotNull", ValueUse.NullCheck, "NUnit"),
        new("NUnit.Framework.Legacy.ClassicAssert", "Null", ValueUse.NullCheck, "NUnit"),
        new("NUnit.Framework.Assert", "AreEqual", ValueUse.Comparison, "NUnit 3"),
        new("NUnit.Framework.Assert", "AreNotEqual", ValueUse.Comparison, "NUnit 3"),
        new("NUnit.Framework.Assert", "IsNotNull", ValueUse.NullCheck, "NUnit 3"),
        new("NUnit.Framework.Assert", "IsNull", ValueUse.NullCheck, "NUnit 3"),
        new("NUnit.Framework.Assert", "NotNull", ValueUse.NullCheck, "NUnit 3"),
        new("NUnit.Framework.Assert", "Null", ValueUse.NullCheck, "NUnit 3"),
        new("Microsoft.VisualStudio.TestTools.UnitTesting.Assert",
            "AreEqual", ValueUse.Comparison, "MSTest.TestFramework"),
        new("Microsoft.VisualStudio.TestTools.UnitTesting.Assert",
            "AreNotEqual", ValueUse.Comparison, "MSTest.TestFramework"),
        new("Microsoft.VisualStudio.TestTools.UnitTesting.Assert",
            "IsNotNull", ValueUse.NullCheck, "MSTest.TestFramework"),
        new("Microsoft.VisualStudio.TestTools.UnitTesting.Assert",
            "IsNull", ValueUse.NullCheck, "MSTest.TestFramework"),
        new("FluentAssertions.AssertionExtensions", "Should", ValueUse.Subject, "FluentAssertions"),
        new("FluentAssertions.Primitives.ReferenceTypeAssertions`2",
            "BeNull", ValueUse.NullCheck, "FluentAssertions"),
        new("FluentAssertions.Primitives.ReferenceTypeAssertions`2",
            "NotBeNull", ValueUse.NullCheck, "FluentAssertions"),
        new("FluentAssertions.Primitives.ObjectAssertions`2", "Be", ValueUse.Comparison, "FluentAssertions"),
        new("FluentAssertions.Primitives.ObjectAssertions`2",
            "BeEquivalentTo", ValueUse.Comparison, "FluentAssertions"),
        new("Shouldly.ShouldBeNullExtensions", "ShouldBeNull", ValueUse.NullCheck, "Shouldly"),
        new("Shouldly.ShouldBeNullExtensions", "ShouldNotBeNull", ValueUse.NullCheck, "Shouldly"));

    public static ValueApis Of(KnownTypes types) => ByTypes.GetValue(types, static types => new ValueApis(types));

    /// <summary>What a method makes of an object that it is given: by its own row, or what it overrides.</summary>
    public ValueUse Of(IMethodSymbol method)
    {
        for (var current = method; current is not null; current = current.OverriddenMethod)
        {
            if (Of(current.ContainingType, current.Name) is var use and not ValueUse.None)
            {
                return use;
            }
        }

        return ValueUse.None;
    }

    /// <summary>What becomes of an object that a property or indexer is set to.</summary>
    public ValueUse Of(IPropertySymbol property)
    {
        for (var current = property; current is not null; current = current.OverriddenProperty)
        {
            if (Of(current.ContainingType, current.Name) is var use and not ValueUse.None)
            {
                return use;
            }
        }

        return ValueUse.None;
    }

    /// <summary>What a new object of the type makes of what its constructor is given.</summary>
    public ValueUse OfNew(ITypeSymbol? type)
    {
        for (var current = type as INamedTypeSymbol; current is not null; current = current.BaseType)
        {
            if (Of(current, ".ctor") is var use and not ValueUse.None)
            {
                return use;
            }
        }

        return ValueUse.None;
    }

    private ValueUse Of(INamedTypeSymbol? type, string member) => _rows.Of(type, member)?.Use ?? ValueUse.None;
}
