using System.Reflection;

namespace Seeds;

/// <summary>Is a program of the seed documents, found by the row that it belongs to.</summary>
public sealed class SeedProgram
{
    private readonly RowAttribute _row;
    private readonly MethodInfo _method;

    private SeedProgram(RowAttribute row, MethodInfo method) => (_row, _method) = (row, method);

    /// <summary>All of them, by row.</summary>
    public static IReadOnlyList<SeedProgram> All { get; } =
    [
        .. from type in typeof(SeedProgram).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
           from row in method.GetCustomAttributes<RowAttribute>()
           orderby row.Id
           select new SeedProgram(row, method),
    ];

    /// <summary>The document and the row.</summary>
    public string Id => _row.Id;

    /// <summary>What it shows.</summary>
    public string Title => _row.Title;

    /// <summary>Whether it is about real time, real sockets or real signals.</summary>
    public bool IsReal => _row.IsReal;

    /// <summary>The program of a row; null if it has none.</summary>
    public static SeedProgram? Find(string id) =>
        All.FirstOrDefault(program => string.Equals(program.Id, id, StringComparison.OrdinalIgnoreCase));

    /// <summary>Runs it by a clock; one that is about real time ignores a clock that stands still.</summary>
    public void Run(TimeProvider clock)
    {
        if (_method.GetParameters().Length == 0)
            _method.CreateDelegate<Action>()();
        else
            _method.CreateDelegate<Action<TimeProvider>>()(
                IsReal && clock is VirtualClock { Rate: 0 } ? TimeProvider.System : clock);
    }
}
