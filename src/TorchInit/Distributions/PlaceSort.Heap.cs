namespace TorchInit;

sealed partial class PlaceSort
{
    /// <summary>Collects the first elements in sort order in the heap [first, middle), whose top is the last of them.</summary>
    void HeapSelect(int first, int middle, int last)
    {
        for (int parent = (middle - first - 2) / 2; middle - first > 1 && parent >= 0; parent--)
        {
            Adjust(first, parent, middle - first, _keys[first + parent], _places[first + parent]);
        }
        for (int i = middle; i < last; i++)
        {
            if (Before(i, first)) { PopHeap(first, middle, i); }
        }
    }

    void SortHeap(int first, int last)
    {
        while (last - first > 1) { PopHeap(first, --last, last); }
    }

    /// <summary>Moves the top to <paramref name="result"/>, and the element there into the heap.</summary>
    void PopHeap(int first, int last, int result)
    {
        (double key, int place) = (_keys[result], _places[result]);
        Move(first, result);
        Adjust(first, 0, last - first, key, place);
    }

    void Adjust(int first, int hole, int length, double key, int place)
    {
        (int top, int child) = (hole, hole);
        while (child < (length - 1) / 2)
        {
            child = 2 * (child + 1);
            if (Before(first + child, first + child - 1)) { child--; }
            Move(first + child, first + hole);
            hole = child;
        }
        if (length % 2 == 0 && child == (length - 2) / 2)
        {
            child = 2 * child + 1;
            Move(first + child, first + hole);
            hole = child;
        }
        for (int parent = (hole - 1) / 2; hole > top && Before(_keys[first + parent], key); parent = (hole - 1) / 2)
        {
            Move(first + parent, first + hole);
            hole = parent;
        }
        (_keys[first + hole], _places[first + hole]) = (key, place);
    }
}
