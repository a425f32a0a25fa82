using System.Runtime.InteropServices;

namespace ScopedTasks;

/// <summary>Decides how an event of epoll lies in memory, counted in words of 32 bits.</summary>
/// <remarks>
/// The kernel packs the events word, and the two words that are ours, on x86. Elsewhere ours begin at an even place.
/// </remarks>
/// <param name="Size">How many words an event has.</param>
/// <param name="Data">Where ours begin.</param>
internal readonly record struct EpollLayout(int Size, int Data)
{
    /// <summary>That of this process.</summary>
    public static EpollLayout Current { get; } = For(RuntimeInformation.ProcessArchitecture);

    /// <summary>That of an architecture.</summary>
    public static EpollLayout For(Architecture architecture) =>
        architecture is Architecture.X64 or Architecture.X86 ? new(Size: 3, Data: 1) : new(Size: 4, Data: 2);

    /// <summary>Writes an event to the beginning of a buffer.</summary>
    public void Write(int[] buffer, FileEvents events, int slot, int use) =>
        (buffer[0], buffer[Data], buffer[Data + 1]) = ((int)events, slot, use);

    /// <summary>Reads an event out of a buffer.</summary>
    public (FileEvents Events, int Slot, int Use) Read(int[] buffer, int index)
    {
        var start = index * Size;
        return ((FileEvents)buffer[start], buffer[start + Data], buffer[start + Data + 1]);
    }
}
